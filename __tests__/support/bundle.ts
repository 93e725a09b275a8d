import { spawnSync } from "node:child_process";

/** Builds the bundle of the app once, before all tests, for suites that run in parallel. */
export default function makeBundle(): void {
  const build = spawnSync(process.execPath, ["app.cjs", "--build-only"], { encoding: "utf8" });
  if (build.status !== 0) throw new Error(build.stderr);
}
