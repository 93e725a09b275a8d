import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { buildSync } from "esbuild";

const ROOT = resolve(__dirname, "..");

/** Every file below a folder, by its relative path. */
function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return new Map(paths.sort().map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]));
}

describe("the bundle without what costs time", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-lean-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(["clusters.yaml", "examples/fleet/clusters"])(
    "writes and says the same as the libraries alone: %s",
    (clusters) => {
      const whole = join(folder, "whole.js");
      buildSync({ absWorkingDir: ROOT, entryPoints: ["main.ts"], bundle: true, platform: "node", outfile: whole });
      cpSync(join(ROOT, clusters), join(folder, clusters), { recursive: true });
      const run = (script: string, outdir: string) => {
        const env = { ...process.env, CLUSTERS_FILE: clusters, CDKTF_OUTDIR: outdir };
        const { status, stdout, stderr } = spawnSync(process.execPath, [script], {
          cwd: folder,
          env,
          encoding: "utf8",
        });
        return { status, stdout, stderr, files: filesOf(join(folder, outdir)) };
      };
      const lean = run(join(ROOT, "dist/main.js"), "lean");
      expect(lean.status).toBe(0);
      expect(lean.files.size).toBeGreaterThan(3);
      expect(run(whole, "whole")).toEqual(lean);
    },
  );
});
