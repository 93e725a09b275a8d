import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import type { StackConfiguration } from "../configuration/stacks";
import { DatadogAgentStack } from "./datadog-agent-stack";

/** The stacks of a configuration in Terraform's JSON syntax, without writing them. */
export function terraformJson(configured: readonly StackConfiguration[]): readonly object[] {
  // CDKTF creates the folder of an app at once.
  const outdir = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    return configured.map((configuration) => new DatadogAgentStack(app, configuration).toTerraform() as object);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
