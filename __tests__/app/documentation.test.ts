import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { buildSync } from "esbuild";
import { run } from "../end-to-end/support/run";
import { definitionJson } from "../support/definitions";
import { blocksIn, blocksOf, PAGES, read, ROOT } from "../support/documents";
import { startEcs } from "./support/ecs";
import { installTools } from "./support/tools";

const NOT_COPIED = [".git", "node_modules", "dist", "cdktf.out"];

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-documentation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function node(args: readonly string[], { cwd = ROOT, outdir = "" } = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: { ...process.env, CDKTF_OUTDIR: outdir } });
}

/** A program of the `PATH`. */
const programAt = (name: string) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((each) => join(each, name))
    .find((file) => existsSync(file)) ?? "";

describe("the commands on a page", () => {
  const copy = join(folder, "repository");
  let environment: Record<string, string> = {};
  let server: Server;

  beforeAll(async () => {
    cpSync(ROOT, copy, { recursive: true, filter: (file) => !NOT_COPIED.includes(basename(file)) });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    const taskDefinition = definitionJson({ environment: { DD_LOG_LEVEL: "debug" } });
    const ecs = await startEcs(taskDefinition);
    server = ecs.server;
    writeFileSync(join(folder, "task-definition.json"), JSON.stringify({ taskDefinition }));
    const { name, version } = JSON.parse(read("package.json")) as { name: string; version: string };
    environment = installTools(join(folder, "tools"), {
      PROJECT: copy,
      PACKAGE_FILE: `${name}-${version}.tgz`,
      REAL_NPM: programAt("npm"),
      REAL_AWS: programAt("aws"),
      TASK_DEFINITION: join(folder, "task-definition.json"),
      AWS_ENDPOINT_URL: ecs.url,
      AWS_REGION: "eu-west-1",
      // What the first version of the AWS CLI reads.
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  });

  // A page begins with what the configuration that ships gives.
  beforeEach(() => run("node", ["app.cjs"], { cwd: copy, environment }));

  afterAll(() => server.close());

  const inCopy = (command: string) => run("sh", ["-e", "-c", command], { cwd: copy, environment });
  const pages = PAGES.filter((page) => blocksOf(page).some(({ language }) => language === "sh"));

  it.each(pages)("run, and print what the page shows: %s", async (page) => {
    const blocks = blocksOf(page);
    for (const [index, { language, text }] of blocks.entries()) {
      if (language !== "sh") continue;
      const { stdout } = await inCopy(text);
      const next = blocks[index + 1];
      if (next?.language === "text") expect(stdout).toContain(next.text);
    }
  });

  it("are found where they fail", async () => {
    for (const wrong of [
      "npm run snyth",
      "npx cdktf deploy datadog-agnet",
      "cd examples\nterraform init",
      "aws ecs register-task-definition --cli-input-json file://none.json",
      "npm install --global ./other.tgz",
      "datadog-agent-ecs explain none",
    ]) {
      await expect(inCopy(wrong)).rejects.toThrow();
    }
  });

  it("write the files that the README names", () => {
    for (const file of ["stacks/datadog-agent/task-definition.json", "modules/datadog-agent/main.tf"]) {
      expect(existsSync(join(copy, "cdktf.out", file))).toBe(true);
    }
    const written = readdirSync(join(folder, "agents"));
    expect(written).toEqual(expect.arrayContaining(["clusters.yaml", "cdktf.out"]));
    const task = readFileSync(join(copy, "cdktf.out/stacks/datadog-agent/task-definition.json"), "utf8");
    expect(task.match(/<REPLACE /g)).toHaveLength(3);
  });

  it("name the backend's path as it is written", () => {
    const [path] = /(?<=`)[./]*terraform\.<name>\.tfstate(?=`\.)/.exec(read("docs/fleets.md")) ?? [];
    const { terraform } = JSON.parse(
      readFileSync(join(copy, "cdktf.out/stacks/datadog-agent/cdk.tf.json"), "utf8"),
    ) as { terraform: { backend: { local: { path: string } } } };
    expect(terraform.backend.local.path).toBe(path?.replace("<name>", "datadog-agent"));
  });
});

describe("a program on a page", () => {
  const programs = blocksIn("typescript");

  it.each(programs)("synthesizes: $page:$line", ({ text: contents, page, line }) => {
    const name = `${basename(page, ".md")}-${line}`;
    const [outfile, outdir] = [join(folder, `${name}.js`), join(folder, name)];
    buildSync({
      stdin: { contents, resolveDir: ROOT, loader: "ts" },
      bundle: true,
      platform: "node",
      outfile,
      alias: { "datadog-agent-ecs": join(ROOT, "lib/index.ts") },
    });
    expect(node([outfile], { outdir })).toMatchObject({ status: 0, stderr: "" });
    const stacks = readdirSync(join(outdir, "stacks"));
    const text = stacks.map((stack) => readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")).join("\n");
    expect(text).toContain('"aws_ecs_service"');
    if (contents.includes("secret.arn")) {
      expect(text).toContain('"valueFrom": "${data.aws_secretsmanager_secret.api_key.arn}"');
    }
    if (contents.includes("extend:")) expect(text).toMatch(/"name": "DD_CRI_QUERY_TIMEOUT",\s+"value": "8"/);
  });

  it("has no type errors", async () => {
    const sources = join(ROOT, "dist/documentation");
    mkdirSync(sources, { recursive: true });
    for (const { page, line, text } of programs) {
      // Each is a module, and none knows of the others.
      writeFileSync(join(sources, `${basename(page, ".md")}-${line}.ts`), text);
    }
    const paths = { "datadog-agent-ecs": ["../../lib/index.ts"] };
    const config = { extends: "../../tsconfig.json", compilerOptions: { paths }, include: ["*.ts"] };
    writeFileSync(join(sources, "tsconfig.json"), JSON.stringify(config));
    const { stdout } = await run("npx", ["tsc", "-p", sources], { cwd: ROOT, accept: [0, 1, 2] });
    rmSync(sources, { recursive: true });
    expect(stdout).toBe("");
  });
});

describe("generated files", () => {
  const script = join(folder, "generate.js");

  it("are up to date (otherwise, run npm run generate)", () => {
    const { metafile } = buildSync({
      absWorkingDir: ROOT,
      entryPoints: ["scripts/generate.ts"],
      bundle: true,
      platform: "node",
      outfile: script,
      metafile: true,
    });
    expect(Object.keys(metafile.inputs).filter((file) => /node_modules\/(@?cdktf|constructs)\//.test(file))).toEqual(
      [],
    );
    expect(node([script, "--check"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("is found stale, and written again", () => {
    const inCopy = (file: string) => join(folder, "stale", file);
    mkdirSync(inCopy("docs"), { recursive: true });
    const documents = ["README.md", "docs/configuration.md", "docs/security.md", "docs/settings.md"];
    for (const file of [...documents, "clusters.yaml"]) cpSync(join(ROOT, file), inCopy(file));
    writeFileSync(inCopy("README.md"), read("README.md").replace("Datadog Agent<br/>", "Agent<br/>"));
    writeFileSync(inCopy("docs/configuration.md"), read("docs/configuration.md").replace("| `apm` |", "| `amp` |"));
    const { status, stderr } = node([script, "--check"], { cwd: inCopy("") });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        "Files that aren't up to date: clusters.schema.json, README.md, docs/configuration.md, lib/configuration/interfaces.ts. " +
        "Run `npm run generate`.\n",
    });
    expect(node([script], { cwd: inCopy("") }).status).toBe(0);
    const generated = [...documents, "clusters.schema.json", "lib/configuration/interfaces.ts"];
    for (const file of generated) expect(readFileSync(inCopy(file), "utf8")).toBe(read(file));
  });
});
