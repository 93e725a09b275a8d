import type { TaskDefinition } from "@aws-sdk/client-ecs";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import * as registry from "../lib/features";
import { run } from "./end-to-end/support/run";

const ROOT = resolve(__dirname, "..");
const NOT_COPIED = [".git", "node_modules", "dist", "cdktf.out"];

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-contributing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const copy = join(folder, "repository");
const outdir = join(folder, "cdktf.out");

/** What CONTRIBUTING.md says about adding a feature, and nothing else of it. */
const contributing = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const [, text = ""] = /^## Add a feature in one file$([^]*?)^## /m.exec(contributing) ?? [];
/** Code that stands below the name of its file. */
const files = [...text.matchAll(/^`([^`\n]+)`[^\n]*:\n\n```ts\n([^]*?)^```$/gm)].map(
  ([, file = "", code = ""]) => [file, code] as const,
);
const block = (language: string) => new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(text)?.[1] ?? "";
const [, written = ""] = /^# writes (.*)$/m.exec(block("sh")) ?? [];
const generated = [...written.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);

const inCopy = (command: string, environment: Record<string, string> = {}) =>
  run("sh", ["-e", "-c", command], { cwd: copy, environment });
const read = (...path: string[]) => readFileSync(join(...path), "utf8");

describe("a feature that is added as CONTRIBUTING.md says", () => {
  beforeAll(async () => {
    cpSync(ROOT, copy, { recursive: true, filter: (file) => !NOT_COPIED.includes(basename(file)) });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    await inCopy(`
      git init --quiet
      echo node_modules >> .git/info/exclude
      git add --all
      git -c user.name=test -c user.email=test@example.com commit --quiet --message copy`);
    // Code for a file that is there goes to its end.
    for (const [file, code] of files) appendFileSync(join(copy, file), code);
  });

  it("is a file, a line in the registry, and a test", async () => {
    expect(registry).not.toHaveProperty("hostChecks");
    expect(files.map(([file]) => file)).toEqual([
      "lib/features/host-checks.ts",
      "lib/features/index.ts",
      "__tests__/features/host-checks.test.ts",
    ]);
    const { stdout } = await inCopy("git diff --numstat");
    expect(stdout).toBe("1\t0\tlib/features/index.ts\n");
  });

  it("passes its test and those that hold for every feature, and changes no other file than those that are named", async () => {
    const { stderr } = await inCopy(block("sh"));
    expect(stderr).toMatch(/^PASS __tests__\/features\/host-checks\.test\.ts/m);
    expect(stderr).toMatch(/^PASS __tests__\/features\/contract\.test\.ts/m);
    const { stdout } = await inCopy("git status --porcelain --untracked-files=all");
    const changed = stdout.split("\n").flatMap((line) => line.slice(3) || []);
    expect(changed.sort()).toEqual([...files.map(([file]) => file), ...generated].sort());
  });

  it("is in the JSON Schema and in the table of features", () => {
    const options = { properties: { runners: { type: "integer", minimum: 1, maximum: 64, default: 4 } } };
    const features = { properties: { hostChecks: { anyOf: [{ type: "boolean" }, options] } } };
    expect(JSON.parse(read(copy, "clusters.schema.json"))).toMatchObject({
      properties: { clusters: { items: { properties: { features } } } },
    });
    const tables = generated.filter((file) => file.endsWith(".md")).map((file) => read(copy, file));
    expect(tables.join("").match(/^\| `hostChecks.*$/gm)).toEqual([
      "| `hostChecks` | off | Runs checks of one's own from a folder of the host | `linux`, `amazon-linux-1` |  |",
      "| `hostChecks.runners` | `4` | Number of checks that run at the same time |  |  |",
      "| `hostChecks` | read-only: `/etc/datadog-checks` |  |  | The checks lie in a folder of the host |",
    ]);
  });

  it("is a prop of the construct with a type of its own", async () => {
    const use = `import type { DatadogAgentDaemonProps } from "../lib";
type Features = DatadogAgentDaemonProps["features"];
export const right: Features[] = [{ hostChecks: true }, { hostChecks: { runners: 8 } }];
// @ts-expect-error
export const misspelt: Features = { hostChecks: { runner: 8 } };
// @ts-expect-error
export const text: Features = { hostChecks: { runners: "8" } };
`;
    // Not all of the repository, for the sake of time: the public surface and the feature's own test.
    const include = ["use.ts", "../__tests__/features/host-checks.test.ts"];
    mkdirSync(join(copy, "dist"), { recursive: true });
    writeFileSync(join(copy, "dist/use.ts"), use);
    writeFileSync(join(copy, "dist/tsconfig.json"), JSON.stringify({ extends: "../tsconfig.json", include }));
    expect((await inCopy("npx tsc -p dist")).stdout).toBe("");
  });

  describe("and turned on in clusters.yaml", () => {
    beforeAll(async () => {
      writeFileSync(join(folder, "clusters.yaml"), block("yaml"));
      await inCopy("npm run synth", { CLUSTERS_FILE: join(folder, "clusters.yaml"), CDKTF_OUTDIR: outdir });
    });

    it("is in the task definition", () => {
      const json = read(outdir, "stacks/production/task-definition.json");
      const { containerDefinitions, volumes } = JSON.parse(json) as TaskDefinition;
      expect(containerDefinitions?.[0]?.environment).toContainEqual({ name: "DD_CHECK_RUNNERS", value: "8" });
      expect(containerDefinitions?.[0]?.mountPoints).toContainEqual({
        containerPath: "/checks.d",
        readOnly: true,
        sourceVolume: "checks",
      });
      expect(volumes).toContainEqual({ name: "checks", host: { sourcePath: "/etc/datadog-checks" } });
      const stack = read(outdir, "stacks/production/cdk.tf.json");
      expect(stack).toContain('"host_path": "/etc/datadog-checks"');
    });

    it("is a variable and a local of the Terraform module", () => {
      const module = (file: string) => JSON.parse(read(outdir, "modules/datadog-agent", file)) as object;
      expect(module("variables.tf.json")).toMatchObject({
        variable: { features: { type: expect.stringContaining("host_checks = optional(bool, true)") as string } },
      });
      expect(module("main.tf.json")).toMatchObject({
        locals: {
          features: {
            host_checks: {
              environment: { DD_CHECK_RUNNERS: "8" },
              mounts: { "/checks.d": { volume: "checks", host_path: "/etc/datadog-checks", read_only: true } },
            },
          },
        },
      });
    });
  });
});
