import { spawnSync } from "node:child_process";
import { findTools, MISSING } from "./tools";

/** Once before all tests: the app's bundle is made, so that suites that run side by side find it, and tools are found. */
export default function globalSetup(): void {
  const build = spawnSync(process.execPath, ["app.cjs", "--build-only"], { encoding: "utf8" });
  if (build.status !== 0) throw new Error(build.stderr);
  // The SDK is for tests only; which Node it will want one day is of no interest here.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const missing = findTools().join(", ");
  process.env[MISSING] = missing;
  if (missing) console.warn(`\nThe end-to-end tests can't run here; not found: ${missing}`);
}
