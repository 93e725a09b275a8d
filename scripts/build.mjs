// Builds the npm package: the library for cdktf and for cdktn with its types, and the commands. Dependencies are bundled,
// so that installing the package installs no others. With `--api`, also writes the API report.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { apiReport } from "./api-report.mjs";
import { lean } from "./lean.mjs";

const { ROOT, WITH_CDKTF, sourceOf } = createRequire(import.meta.url)("./bundle.cjs");
const path = (...parts) => join(ROOT, "dist", ...parts);

/** Not bundled: resources must be instances of the app's own classes. */
const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws"];
const NOT_COMMANDS = ["bin", "index", "options"];

/** The folders of the bundled packages. */
const bundled = new Set();

async function bundle(entry, outfile, options) {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    ...entry,
    outfile: path(outfile),
    bundle: true,
    platform: "node",
    target: "node20",
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    ...options,
  });
  for (const file of Object.keys(metafile.inputs)) {
    const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [];
    if (folder !== undefined) bundled.add(folder);
  }
}

/** Converts a file for apps of CDK Terrain. */
function forCdktn(text) {
  return text.replace(/(["'])cdktf\1/g, "$1cdktn$1").replace(/(["'])@cdktf\/provider-aws\//g, "$1@cdktn/provider-aws/");
}

async function library() {
  await bundle({ entryPoints: ["lib/index.ts"] }, "lib/index.js", {
    external: PEERS,
    minify: true,
    // Errors and CDKTF's metadata contain class names.
    keepNames: true,
  });
  mkdirSync(path("cdktn"));
  writeFileSync(path("cdktn/index.js"), forCdktn(readFileSync(path("lib/index.js"), "utf8")));
}

async function types() {
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) process.exit(1);
  const { write } = await rollup({
    input: path("types/index.d.ts"),
    external: (name) => name.startsWith("node:") || PEERS.some((peer) => name === peer || name.startsWith(`${peer}/`)),
    plugins: [dts({ respectExternal: true })],
  });
  await write({ file: path("lib/index.d.ts"), format: "es" });
  const declarations = readFileSync(path("lib/index.d.ts"), "utf8")
    // The bundler turns zod's interfaces into aliases and keeps variance annotations, which aliases can't have.
    .replace(/^type .*> = /gm, (alias) => alias.replace(/\b(?:in |out )+(?=[A-Z])/g, ""))
    // The AWS SDK's comments are half of its declarations.
    .replace(/^ *\/\*\*(?:(?!\*\/)[^])*?(?:<p>|@public)(?:(?!\*\/)[^])*?\*\/\n/gm, "")
    // The bundler exports the class as a value, but index.ts exports only its type.
    .replace(/^(export \{.*?)\bChecked, (.*\nexport type \{)/m, "$1$2 Checked,");
  writeFileSync(path("lib/index.d.ts"), declarations);
  writeFileSync(path("cdktn/index.d.ts"), forCdktn(readFileSync(path("lib/index.d.ts"), "utf8")));
  const report = await apiReport(path("types/index.d.ts"));
  writeFileSync(path("api.md"), report);
  if (process.argv.includes("--api")) writeFileSync(join(ROOT, "etc/datadog-agent-ecs.api.md"), report);
  rmSync(path("types"), { recursive: true });
}

/** CDKTF is in a separate file, because only two commands need it. */
async function commands() {
  const names = readdirSync(join(ROOT, "lib/commands"))
    .map((file) => file.replace(/\.ts$/, ""))
    .filter((name) => !NOT_COMMANDS.includes(name));
  const others = names.filter((name) => !WITH_CDKTF.includes(name));
  const options = { minify: true };
  await bundle({ entryPoints: ["lib/commands/bin.ts"] }, "bin/datadog-agent-ecs.js", options);
  await bundle(runnerOf(others), "bin/commands.js", options);
  await bundle(runnerOf(WITH_CDKTF), "bin/synth.js", { ...options, plugins: [lean] });
  chmodSync(path("bin/datadog-agent-ecs.js"), 0o755);
}

/** Loads a command when it is run. */
function runnerOf(names) {
  const loaders = names.map((name) => `${JSON.stringify(name)}: () => import("./lib/commands/${name}")`);
  return sourceOf(
    'import { runCommand } from "./lib/app/command";\n' +
      `const loaders = { ${loaders.join(", ")} };\n` +
      "export const run = async (name) => runCommand((await loaders[name]()).command, process.argv.slice(2));",
  );
}

/** The licenses of bundled packages require that their texts are included. */
function licenses() {
  const holders = new Map();
  for (const folder of [...bundled].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
    const files = readdirSync(join(ROOT, folder)).filter((file) => /^(?:licen[cs]e|notice)/i.test(file));
    const text = files.map((file) => readFileSync(join(ROOT, folder, file), "utf8").trim()).join("\n\n");
    holders.set(text, [...(holders.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...holders].map(([text, names]) => [...names, "", text].join("\n").trim());
  writeFileSync(path("THIRD_PARTY_LICENSES.txt"), parts.join(`\n\n${"-".repeat(80)}\n\n`) + "\n");
}

/**
 * The folder that is published. npm shows the README.md of what is published, and that of the repository has links into
 * the repository.
 */
function stage() {
  const {
    private: _private,
    scripts: _scripts,
    devDependencies: _dev,
    overrides: _overrides,
    ...rest
  } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  mkdirSync(path("package"));
  writeFileSync(path("package/package.json"), `${JSON.stringify(rest, null, 2)}\n`);
  cpSync(join(ROOT, "etc/npm-readme.md"), path("package/README.md"));
  for (const file of ["LICENSE", ...rest.files]) cpSync(join(ROOT, file), path("package", file), { recursive: true });
}

for (const folder of ["lib", "cdktn", "bin", "types", "package"])
  rmSync(path(folder), { recursive: true, force: true });
await library();
await types();
await commands();
licenses();
stage();
