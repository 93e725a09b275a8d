import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import fc from "fast-check";
import { stringify } from "yaml";
import { run } from "../end-to-end/support/run";
import { acceptedCluster } from "../support/configurations";
import { ROOT } from "../support/documents";

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-bundle-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every file in a folder, by relative path. */
function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return new Map(paths.sort().map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]));
}

describe("the patched bundle", () => {
  const plain = join(folder, "plain.js");
  let runs = 0;

  beforeAll(() => {
    buildSync({ absWorkingDir: ROOT, entryPoints: ["main.ts"], bundle: true, platform: "node", outfile: plain });
  });

  /** The output and files of a bundle for a configuration, in the same folder each time. */
  async function outputOf(script: string, clusters: string) {
    const outdir = join(folder, `out-${(runs += 1)}`);
    const { stdout, stderr } = await run(process.execPath, [script], {
      cwd: folder,
      environment: { CLUSTERS_FILE: clusters, CDKTF_OUTDIR: outdir },
    });
    return { stdout: stdout.replaceAll(outdir, "out"), stderr, files: filesOf(outdir) };
  }

  async function expectSame(clusters: string): Promise<void> {
    const [lean, whole] = await Promise.all(
      [join(ROOT, "dist/main.js"), plain].map((file) => outputOf(file, clusters)),
    );
    expect(lean?.files.size).toBeGreaterThan(2);
    expect(whole).toEqual(lean);
  }

  it.each(["clusters.yaml", "examples/fleet/clusters"])(
    "writes and prints the same as with unpatched libraries: %s",
    async (clusters) => {
      cpSync(join(ROOT, clusters), join(folder, clusters), { recursive: true });
      await expectSame(clusters);
    },
  );

  it("loads neither crypto nor child_process, which a run doesn't need", async () => {
    const hook = join(folder, "loaded.cjs");
    writeFileSync(hook, 'process.on("exit", () => console.log(process.moduleLoadList.join("\\n")));');
    const environment = { CLUSTERS_FILE: join(ROOT, "clusters.yaml"), CDKTF_OUTDIR: join(folder, "loaded") };
    const args = ["--require", hook, join(ROOT, "dist/main.js")];
    const loaded = (await run(process.execPath, args, { cwd: folder, environment })).stdout.split("\n");
    expect(loaded).toContain("NativeModule fs");
    for (const name of ["crypto", "child_process"]) expect(loaded).not.toContain(`NativeModule ${name}`);
  });

  const { CI, FAST_CHECK_SEED = "1" } = process.env;
  const samples = fc.sample(acceptedCluster, { numRuns: CI ? 40 : 15, seed: Number(FAST_CHECK_SEED) });

  it.each(samples.map((cluster, index) => ({ index, cluster })))(
    "writes and prints the same for any configuration: $index",
    async ({ index, cluster }) => {
      const file = `sample-${index}.yaml`;
      writeFileSync(join(folder, file), stringify({ clusters: [cluster] }));
      await expectSame(file);
    },
  );
});

describe("a patch of a library", () => {
  interface Said {
    readonly errors: readonly string[];
    readonly bundle: boolean;
  }

  const own = join(folder, "faults");
  mkdirSync(own);
  const script = join(__dirname, "support/lean-faults.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [script, ROOT, own], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  const { unchanged, faults } = JSON.parse(stdout) as {
    unchanged: Said;
    faults: (Said & { file: string; what: string })[];
  };

  it("is applied to an unchanged library", () => {
    expect(unchanged).toEqual({ errors: [], bundle: true });
    // A missing file, and each text missing or twice.
    expect(faults).toHaveLength(5 + 2 * 11);
  });

  it.each(faults)("fails the build if its file or text is missing, or its text occurs twice: $what", (fault) => {
    const { file, what, errors, bundle } = fault;
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(file);
    expect(errors[0]).toContain(what);
    expect(errors[0]).toContain("Compare the library with its previous version, and change or remove the patch.");
    expect(bundle).toBe(false);
  });
});
