import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { buildSync } from "esbuild";
import { parse } from "yaml";
import type { Account } from "../../lib/app/init/account";
import type * as Questions from "../../lib/app/init/questions";
import { catalog } from "../../lib/catalog";
import { ROOT } from "../support/documents";
import { bundleCommand } from "./support/command";

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-init-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("init", () => {
  const script = join(folder, "init.js");
  const project = join(folder, "project");
  beforeAll(() => {
    bundleCommand("init", script);
  });
  beforeEach(() => {
    mkdirSync(project);
  });
  afterEach(() => rmSync(project, { recursive: true }));

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: project,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }
  const read = (...path: string[]) => readFileSync(join(project, ...path), "utf8");
  const FILES = [".gitignore", "cdktf.json", "clusters.yaml", "package.json"];

  it("asks nothing without a terminal, and uses required variables for missing values", () => {
    expect(run()).toEqual({
      status: 0,
      stdout:
        "Wrote clusters.yaml, package.json, cdktf.json, .gitignore.\n" +
        "Next: npm install && npx datadog-agent-ecs synth\n",
      stderr: "",
    });
    expect(readdirSync(project).sort()).toEqual(FILES);
    expect(read("clusters.yaml")).toContain("(var.cluster) and the ARN of the secret with the API key (var.api_key");
    const { name: _name, ...entry } = (parse(read("clusters.yaml")) as { clusters: [Record<string, unknown>] })
      .clusters[0];
    expect(entry).toEqual({
      site: "datadoghq.com",
      features: { apm: true, dogstatsd: true, logs: true, processCollection: true },
    });
  });

  it("writes the values of the options to a new folder", () => {
    const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
    const args = ["--name", "a", "--cluster", "b", "--region", "eu-west-1", "--site", "datadoghq.eu"];
    const { stdout } = run(...args, "--secret-arn", secret, "--features", "apm, logs", "--out", "c/d", "--yes");
    expect(stdout).toContain("Next: cd c/d && npm install");
    expect(readdirSync(join(project, "c/d")).sort()).toEqual(FILES);
    expect(parse(read("c/d/clusters.yaml"))).toEqual({
      clusters: [
        {
          name: "a",
          cluster: "b",
          region: "eu-west-1",
          site: "datadoghq.eu",
          apiKey: { secretsManagerArn: secret },
          features: { apm: true, logs: true },
        },
      ],
    });
    expect(read("c/d/clusters.yaml")).not.toContain("Terraform asks");
  });

  it("keeps existing files, and refuses to start if there is a configuration", () => {
    writeFileSync(join(project, "package.json"), "{}");
    expect(run().stdout).toContain("\nKept: package.json.\n");
    expect(read("package.json")).toBe("{}");
    expect(run()).toEqual({
      status: 1,
      stdout: "",
      stderr: "clusters.yaml already exists. Edit it, or choose another folder with --out.\n",
    });
  });

  it("refuses invalid values, and writes nothing", () => {
    const { status, stderr } = run("--region", "eu", "--features", "log", "--out", "new");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^new\/clusters\.yaml: 2 problems\n[^]*clusters\[0\]\.region\n[^]*Did you mean "logs"\?/);
    expect(readdirSync(project)).toEqual([]);
  });
});

describe("the questions of init", () => {
  let askFor: typeof Questions.askFor;

  beforeAll(() => {
    const outfile = join(folder, "questions.js");
    // Jest can't load ES modules, and the prompts library is one.
    buildSync({
      absWorkingDir: ROOT,
      entryPoints: ["lib/app/init/questions.ts"],
      bundle: true,
      platform: "node",
      outfile,
    });
    ({ askFor } = createRequire(__filename)(outfile) as typeof Questions);
  });

  const NO_ACCOUNT: Account = { clusters: [], secretArns: [] };
  const ENTER = "\r";
  const DOWN = "\u001b[B";

  /** Answers the questions in order. */
  async function answer(
    given: Parameters<typeof askFor>[1],
    account: Account,
    ...answers: readonly (readonly string[])[]
  ) {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = "";
    output.on("data", (chunk: Buffer) => (shown += chunk.toString()));
    const regions: unknown[] = [];
    const asked = askFor(
      catalog,
      given,
      (region) => {
        regions.push(region);
        return Promise.resolve(account);
      },
      { input, output },
    );
    // The prompt may fail before the last key is sent.
    asked.catch(() => undefined);
    for (const keys of answers) {
      // The prompt is ready when nothing more is drawn.
      let before = "";
      while (before !== shown || shown === "") {
        before = shown;
        await setTimeout(50);
      }
      for (const key of keys) {
        input.write(key);
        // Wait, so that the key isn't read as part of an escape sequence.
        await setTimeout(20);
      }
    }
    return { answers: await asked, shown, regions };
  }

  it("ask for the missing options only", async () => {
    const given = { cluster: "prod", site: "datadoghq.com", features: ["apm"] } as const;
    const { answers, shown, regions } = await answer(given, NO_ACCOUNT, ["eu-west-1", ENTER], [ENTER]);
    expect(answers).toEqual({ name: "datadog-agent", region: "eu-west-1", ...given, secretArn: undefined });
    expect(regions).toEqual(["eu-west-1"]);
    expect(shown).not.toContain("Features");
  });

  it("offer all sites and features, and the account's clusters and secrets", async () => {
    const account = { clusters: ["dev", "prod"], secretArns: ["arn:one", "arn:two"] };
    const { answers } = await answer(
      { region: "eu-west-1" },
      account,
      [DOWN, ENTER],
      [DOWN, ENTER],
      [ENTER],
      [" ", ENTER],
    );
    const [first = ""] = Object.keys(catalog.features);
    expect(answers).toEqual({
      name: "datadog-agent",
      region: "eu-west-1",
      cluster: "prod",
      site: "us3.datadoghq.com",
      secretArn: "arn:one",
      // Space toggles the first item.
      features: expect.arrayContaining(["dogstatsd", "logs", "processCollection"]) as string[],
    });
    expect(answers.features.includes(first)).toBe(!["apm", "dogstatsd", "logs", "processCollection"].includes(first));
  });

  it("end without an answer if the user cancels", async () => {
    await expect(answer({}, NO_ACCOUNT, ["\u0003"])).rejects.toThrow("Cancelled. Nothing was written.");
  });
});
