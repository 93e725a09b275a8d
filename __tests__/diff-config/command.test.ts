import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { loadClusters } from "../../lib/configuration/load";
import { definitionJson } from "../support/definitions";

const ROOT = resolve(__dirname, "../..");

describe("npm run diff-config", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-diff-config-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const script = join(folder, "diff-config.js");
  const text = JSON.stringify({ taskDefinition: definitionJson({ environment: { DD_LOG_LEVEL: "debug" } }) });

  const run = (args: readonly string[], input?: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      input,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  beforeAll(() => {
    // The command's own bundling, to another place.
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    const [, entry = ""] = /^esbuild (\S+) --bundle --platform=node /.exec(scripts["diff-config"] ?? "") ?? [];
    const { metafile } = buildSync({
      absWorkingDir: ROOT,
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      outfile: script,
      metafile: true,
    });
    const libraries = Object.keys(metafile.inputs).filter((file) => /node_modules\/(@?cdktf|constructs)\//.test(file));
    expect(libraries).toEqual([]);
    writeFileSync(join(folder, "task.json"), text);
  });

  it("prints a file that is accepted as it stands", () => {
    const { status, stdout, stderr } = run(["task.json"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    writeFileSync(join(folder, "clusters.yaml"), stdout);
    expect(loadClusters(join(folder, "clusters.yaml"))).toMatchObject([{ features: { logLevel: { level: "debug" } } }]);
  });

  it("reads the standard input", () => {
    expect(run(["-"], text)).toEqual(run(["task.json"]));
  });

  it.each<[string, string[], string]>([
    ["no file", [], "Usage: npm run diff-config -- <file>"],
    ["two files", ["a", "b"], "Usage: npm run diff-config -- <file>"],
    [
      "a file that isn't there",
      ["none.json"],
      "none.json: 1 problem\n\n  must be a readable file, but there is no such file.",
    ],
    ["a folder", ["."], ".: 1 problem\n\n  must be a readable file, but it can't be read."],
    [
      "what isn't JSON",
      ["-"],
      "standard input: 1 problem\n\n  must be JSON. The AWS CLI prints it with --output json.",
    ],
  ])("refuses %s in one message and with status 1", (_what, args, message) => {
    mkdirSync(join(folder, "folder"), { recursive: true });
    const { status, stdout, stderr } = run(args, "secret");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.startsWith(message)).toBe(true);
    expect(stderr).not.toMatch(/^\s+at |secret/m);
  });
});
