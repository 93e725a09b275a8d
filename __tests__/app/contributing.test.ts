import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { run } from "../end-to-end/support/run";

const ROOT = resolve(__dirname, "../..");
const NOT_COPIED = [".git", "node_modules", "dist", "cdktf.out"];

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-contributing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const copy = join(folder, "repository");

const contributing = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const inCopy = (command: string, environment: Record<string, string> = {}) =>
  run("sh", ["-e", "-c", command], { cwd: copy, environment });
const commitCopy = () =>
  inCopy("git add --all; git -c user.name=test -c user.email=test@example.com commit --quiet --message copy");
const read = (...path: string[]) => readFileSync(join(...path), "utf8");
const json = (...path: string[]) => JSON.parse(read(...path)) as Record<string, unknown>;

/** A section of CONTRIBUTING.md. */
function section(title: string) {
  const [, text = ""] = new RegExp(`^## ${title}$([^]*?)^## `, "m").exec(contributing) ?? [];
  const block = (language: string) => new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(text)?.[1] ?? "";
  const [, written = ""] = /^# writes (.*)$/m.exec(block("sh")) ?? [];
  return {
    block,
    /** A code block and the name of its file. */
    files: [...text.matchAll(/^`([^`\n]+)`[^\n]*:\n\n```(ts|diff)\n([^]*?)^```$/gm)].map(
      ([, file = "", language = "", code = ""]) => ({ file, language, code }),
    ),
    generated: [...written.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file),
  };
}

/** Writes the code blocks of a section. Code for an existing file is appended. */
function follow({ files }: ReturnType<typeof section>): void {
  for (const { file, language, code } of files) {
    const path = join(copy, file);
    mkdirSync(join(path, ".."), { recursive: true });
    if (language === "diff") writeFileSync(path, patched(read(path), code));
    else appendFileSync(path, code);
  }
}

/** Applies replacements to a text, each of which must match once. */
function patched(text: string, diff: string): string {
  return diff.split(/^@@\n/m).reduce((before, hunk) => {
    const lines = hunk.trimEnd().split("\n");
    const [removed = "", added = ""] = ["+", "-"].map((other) =>
      lines.flatMap((line) => (line.startsWith(other) ? [] : [line.slice(1)])).join("\n"),
    );
    if (before.split(removed).length !== 2) throw new Error(`There must be one place for:\n${removed}`);
    return before.replace(removed, () => added);
  }, text);
}

const changedFiles = async () => {
  const { stdout } = await inCopy("git status --porcelain --untracked-files=all");
  return stdout
    .split("\n")
    .flatMap((line) => line.slice(3) || [])
    .sort();
};

/** Synthesizes a section's clusters.yaml, and returns the output folder. */
async function synthesized({ block }: ReturnType<typeof section>, name: string) {
  const [file, outdir] = [join(folder, `${name}.yaml`), join(folder, name)];
  writeFileSync(file, block("yaml"));
  await inCopy("npm run synth", { CLUSTERS_FILE: file, CDKTF_OUTDIR: outdir });
  return { file, outdir };
}

const taskDefinitionIn = (outdir: string): TaskDefinition => json(outdir, "stacks/production/task-definition.json");
const agentIn = (outdir: string): ContainerDefinition => taskDefinitionIn(outdir).containerDefinitions?.[0] ?? {};

/** The Terraform files of a module. */
function moduleIn(outdir: string): string {
  const module = join(outdir, "modules/datadog-agent");
  return readdirSync(module)
    .flatMap((file) => (file.endsWith(".tf") ? [read(module, file)] : []))
    .join("\n");
}

const variableIn = (module: string, name: string) =>
  new RegExp(`^variable "${name}" \\{$([^]*?)^\\}$`, "m").exec(module)?.[1] ?? "";

/** Rows of the generated tables that start with a key. */
const rowsOf = (key: string, ...files: readonly string[]) =>
  files.flatMap((file) => read(copy, file).match(new RegExp(`^\\| \`${key}[\`.].*$`, "gm")) ?? []);

/** Only the public API and the additions, because the whole repository takes too long. */
async function typeErrors(use: string, { files }: ReturnType<typeof section>): Promise<string> {
  const include = ["use.ts", ...files.flatMap(({ file, language }) => (language === "ts" ? [`../${file}`] : []))];
  mkdirSync(join(copy, "dist"), { recursive: true });
  writeFileSync(join(copy, "dist/use.ts"), use);
  writeFileSync(join(copy, "dist/tsconfig.json"), JSON.stringify({ extends: "../tsconfig.json", include }));
  return (await inCopy("npx tsc -p dist")).stdout;
}

beforeAll(async () => {
  cpSync(ROOT, copy, { recursive: true, filter: (file) => !NOT_COPIED.includes(basename(file)) });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  await inCopy("git init --quiet; echo node_modules >> .git/info/exclude");
  await commitCopy();
});

describe("a feature that is added as CONTRIBUTING.md describes", () => {
  const text = section("Add a feature in one file");
  beforeAll(() => follow(text));
  afterAll(commitCopy);

  it("is a file, a line in the registry, and a test", async () => {
    expect(text.files.map(({ file }) => file)).toEqual([
      "lib/features/runtime-metrics.ts",
      "lib/features/index.ts",
      "__tests__/features/runtime-metrics.test.ts",
    ]);
    expect((await inCopy("git diff --numstat")).stdout).toBe("1\t0\tlib/features/index.ts\n");
  });

  it("passes its test and the tests of every feature, and changes the named files", async () => {
    const { stderr } = await inCopy(text.block("sh"));
    expect(stderr).toMatch(/^PASS unit __tests__\/features\/runtime-metrics\.test\.ts/m);
    expect(stderr).toMatch(/^PASS contract __tests__\/contract\/features\.test\.ts/m);
    expect(stderr).toMatch(/^PASS contract __tests__\/contract\/settings\.test\.ts/m);
    expect(await changedFiles()).toEqual([...text.files.map(({ file }) => file), ...text.generated].sort());
  });

  it("is in the JSON Schema and in the tables", () => {
    const options = { properties: { timeout: { type: "integer", minimum: 1, maximum: 60, default: 5 } } };
    const features = { properties: { runtimeMetrics: { anyOf: [{ type: "boolean" }, options] } } };
    expect(json(copy, "clusters.schema.json")).toMatchObject({
      properties: { clusters: { items: { properties: { features } } } },
    });
    expect(rowsOf("runtimeMetrics", "docs/configuration.md", "docs/security.md")).toEqual([
      "| `runtimeMetrics` | off | Collects the metrics of the container runtime | `linux`, `amazon-linux-1` |  |",
      "| `runtimeMetrics.timeout` | `5` | Seconds that the runtime has to answer |  |  |",
      "| `runtimeMetrics` | read-only: `/var/run/containerd` |  |  | The runtime answers on a socket of the host |",
    ]);
  });

  it("is a prop of the construct, with its type", async () => {
    const use = `import type { DatadogAgentDaemonProps } from "../lib";
type Features = DatadogAgentDaemonProps["features"];
export const right: Features[] = [{ runtimeMetrics: true }, { runtimeMetrics: { timeout: 8 } }];
// @ts-expect-error
export const misspelt: Features = { runtimeMetrics: { timeuot: 8 } };
// @ts-expect-error
export const text: Features = { runtimeMetrics: { timeout: "8" } };
`;
    expect(await typeErrors(use, text)).toBe("");
  });

  it("is in the stack, the file for the AWS CLI, the module, and explain", async () => {
    const { file, outdir } = await synthesized(text, "feature");
    expect(agentIn(outdir).environment).toContainEqual({ name: "DD_CRI_QUERY_TIMEOUT", value: "8" });
    const mount = { containerPath: "/var/run/containerd", readOnly: true, sourceVolume: "containerd" };
    expect(agentIn(outdir).mountPoints).toContainEqual(mount);
    expect(taskDefinitionIn(outdir).volumes).toContainEqual({
      name: "containerd",
      host: { sourcePath: "/var/run/containerd" },
    });
    expect(read(outdir, "stacks/production/cdk.tf.json")).toContain('"host_path": "/var/run/containerd"');
    const module = moduleIn(outdir);
    expect(module).toMatch(/runtime_metrics .*timeout = 8/);
    for (const part of ["DD_CRI_QUERY_TIMEOUT", '"/var/run/containerd"']) expect(module).toContain(part);
    const explain = "npm run --silent explain -- production runtimeMetrics";
    expect((await inCopy(explain, { CLUSTERS_FILE: file })).stdout).toMatch(/DD_CRI_QUERY_TIMEOUT/);
  });
});

describe("a setting that is added as CONTRIBUTING.md describes", () => {
  const text = section("Add a setting in one file");
  beforeAll(() => follow(text));
  afterAll(commitCopy);

  it("is a file, two lines in the registry, and a test: three files", async () => {
    expect(text.files.map(({ file }) => file)).toEqual([
      "lib/settings/agent-log.ts",
      "lib/settings/index.ts",
      "__tests__/settings/agent-log.test.ts",
    ]);
    expect((await inCopy("git diff --numstat")).stdout).toBe("2\t0\tlib/settings/index.ts\n");
  });

  it("passes its test and the tests of every setting, and changes the named files", async () => {
    const { stderr } = await inCopy(text.block("sh"));
    expect(stderr).toMatch(/^PASS unit __tests__\/settings\/agent-log\.test\.ts/m);
    for (const contract of ["settings", "rules", "documentation"]) {
      expect(stderr).toMatch(new RegExp(`^PASS contract __tests__/contract/${contract}\\.test\\.ts`, "m"));
    }
    expect(stderr).toMatch(/^PASS contract __tests__\/contract\/import-and-explain\.test\.ts/m);
    expect(await changedFiles()).toEqual([...text.files.map(({ file }) => file), ...text.generated].sort());
  });

  it("is in the JSON Schema and in the tables", () => {
    const agentLog = {
      properties: { json: { type: "boolean", default: false }, rolls: { type: "integer", minimum: 1, maximum: 10 } },
    };
    const inEntries = { items: { properties: { agentLog } } };
    expect(json(copy, "clusters.schema.json")).toMatchObject({
      properties: { clusters: inEntries, modules: inEntries, defaults: { properties: { agentLog } } },
    });
    expect(rowsOf("agentLog", "docs/configuration.md", "docs/settings.md")).toEqual([
      "| `agentLog` | map |  | How the Agent writes its own log |",
      "| `agentLog.json` | `true`, `false` | `false` | Write JSON |",
      "| `agentLog.file` | text |  | File of the container that has the log, too |",
      "| `agentLog.rolls` | 1 to 10 |  | Number of previous files that are kept |",
      expect.stringMatching(/^\| `agentLog` \| daemon \| .* \| yes \| yes \|$/),
    ]);
  });

  it("is a prop of the construct, with its type", async () => {
    const use = `import type { DatadogAgentDaemonProps } from "../lib";
type AgentLog = DatadogAgentDaemonProps["agentLog"];
export const right: AgentLog[] = [undefined, {}, { json: true, file: "/a", rolls: 2 }];
// @ts-expect-error
export const unknown: AgentLog = { jason: true };
// @ts-expect-error
export const text: AgentLog = { rolls: "2" };
`;
    expect(await typeErrors(use, text)).toBe("");
  });

  describe("and is set in clusters.yaml", () => {
    const expected = [
      { name: "DD_LOG_FILE", value: "/var/log/agent" },
      { name: "DD_LOG_FORMAT_JSON", value: "true" },
    ];
    let made: Awaited<ReturnType<typeof synthesized>>;
    beforeAll(async () => {
      made = await synthesized(text, "setting");
    });

    it("is in the stack and in the file for the AWS CLI", () => {
      expect(agentIn(made.outdir).environment).toEqual(expect.arrayContaining(expected));
      const { locals } = json(made.outdir, "stacks/production/cdk.tf.json") as {
        locals: { container_definitions: ContainerDefinition[] };
      };
      expect(locals.container_definitions[0]?.environment).toEqual(expect.arrayContaining(expected));
    });

    it("is a variable of the Terraform module, with its type, default and checks, and the module reads it", () => {
      const module = moduleIn(made.outdir);
      const variable = variableIn(module, "agent_log");
      expect(variable).toMatch(/json\s+= optional\(bool, false\)/);
      expect(variable).toMatch(/default\s+= null/);
      expect(variable).toContain('"How the Agent writes its own log"');
      expect(variable).toContain("agent_log.file must be an absolute path.");
      expect(variable).toContain("needs `agent_log.file`.");
      expect(module.replace(variable, "")).toContain("var.agent_log.file");
    });

    it("is in explain, and is read back from the task definition", async () => {
      const { stdout } = await inCopy("npm run --silent explain -- production", { CLUSTERS_FILE: made.file });
      expect(stdout).toMatch(/agentLog/);
      const { taskRoleArn: _task, executionRoleArn: _execution, ...definition } = taskDefinitionIn(made.outdir);
      const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
      const existing = JSON.stringify(definition).replaceAll(/<REPLACE [^>]*>/g, arn);
      writeFileSync(join(folder, "existing.json"), existing);
      const command = `npm run --silent import -- ${join(folder, "existing.json")}`;
      expect((await inCopy(command)).stdout).toMatch(/agentLog:\s+json: true\s+file: \/var\/log\/agent/);
    });
  });
});

describe("a host that is added as CONTRIBUTING.md describes", () => {
  const text = section("Add a host in one file");
  beforeAll(() => follow(text));

  it("is a file and its name in the registry: two files", () => {
    expect(text.files.map(({ file }) => file)).toEqual(["lib/hosts/data-disk.ts", "lib/hosts/index.ts"]);
  });

  it("passes the tests of every host, and changes the named files", async () => {
    const { stderr } = await inCopy(text.block("sh"));
    expect(stderr).toMatch(/^PASS contract __tests__\/contract\/hosts\.test\.ts/m);
    expect(stderr).toMatch(/^PASS contract __tests__\/contract\/features\.test\.ts/m);
    expect(await changedFiles()).toEqual([...text.files.map(({ file }) => file), ...text.generated].sort());
  });

  it("is in the JSON Schema, in the interfaces and in the tables, with its defaults", () => {
    expect(json(copy, "clusters.schema.json")).toMatchObject({
      properties: {
        clusters: {
          items: { properties: { host: { enum: expect.arrayContaining(["data-disk"]) as string[] } } },
        },
      },
    });
    expect(read(copy, "lib/configuration/interfaces.ts")).toMatch(/host\?: .*"data-disk"/);
    expect(rowsOf("memoryMiB", "docs/configuration.md")[0]).toContain("| `512`; `768` on `data-disk`; none with ");
    expect(rowsOf("sbom", "docs/configuration.md")[0]).toContain("`data-disk`");
  });

  it("is in the stack, in the file for the AWS CLI and in the module", async () => {
    const { outdir } = await synthesized(text, "host");
    expect(agentIn(outdir).memory).toBe(768);
    expect(taskDefinitionIn(outdir).volumes).toContainEqual({
      name: "containers_root",
      host: { sourcePath: "/data/docker/containers/" },
    });
    expect(read(outdir, "stacks/production/cdk.tf.json")).toContain('"host_path": "/data/docker/containers/"');
    expect(moduleIn(outdir)).toContain('"/data/docker/containers/"');
    expect(moduleIn(outdir)).toMatch(/\? 768$/m);
  });
});
