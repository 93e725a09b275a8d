import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * What the end-to-end tests need beside Node: looked up once before all tests, handed on through the environment.
 * TERRAFORM_PROVIDER_MIRROR may name a folder that mirrors registry.terraform.io, where that can't be reached.
 */
export const MISSING = "END_TO_END_MISSING";

/** Writes a Terraform CLI configuration for the mirror, if there is one, and names what is missing. */
export function findTools(): string[] {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-tools-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.env.CHECKPOINT_DISABLE = "1";
  const mirror = process.env.TERRAFORM_PROVIDER_MIRROR;
  if (mirror) {
    const config = join(folder, "terraform.rc");
    writeFileSync(
      config,
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
    process.env.TF_CLI_CONFIG_FILE = config;
  }
  const missing = ["terraform", "moto_server", "aws"].filter(
    (tool) => spawnSync(tool, ["--version"]).error !== undefined,
  );
  if (!missing.includes("terraform") && !hasProvider(folder)) missing.push("the Terraform provider hashicorp/aws");
  return missing;
}

function hasProvider(folder: string): boolean {
  const aws = { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
  return spawnSync("terraform", ["init", "-backend=false"], { cwd: folder }).status === 0;
}

/**
 * A suite against the real tools. Where a contributor lacks one it is skipped, in one line that says why; where
 * `CI` is set it fails.
 */
export function describeEndToEnd(name: string, suite: () => void): void {
  const missing = process.env[MISSING];
  if (!missing) {
    describe(name, suite);
    return;
  }
  if (process.env.CI) throw new Error(`The end-to-end tests must run in CI; not found: ${missing}`);
  const skipped = describe.skip;
  skipped(`${name} (skipped; not found: ${missing})`, suite);
}
