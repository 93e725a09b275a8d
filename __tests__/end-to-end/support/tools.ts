import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROVIDER = "hashicorp/aws";

/** The tools that the end-to-end tests need in addition to Node.js, and how to install them. */
const INSTALL = {
  terraform: "https://developer.hashicorp.com/terraform/install (1.5 or later)",
  moto_server: 'pipx install "$(cat __tests__/end-to-end/requirements.txt)"',
  aws: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  [PROVIDER]:
    "set TERRAFORM_PROVIDER_MIRROR to a folder that `terraform providers mirror` wrote, or allow registry.terraform.io",
};

export type Tool = keyof typeof INSTALL;
const COMMANDS = ["terraform", "moto_server", "aws"] as const;
export const ALL_TOOLS: readonly Tool[] = [...COMMANDS, PROVIDER];

/** Set once before all tests, and passed to the workers through the environment. */
const MISSING = "END_TO_END_MISSING";
/** For the reporter, which is JavaScript. */
const HINT = "END_TO_END_HINT";

/** Finds missing tools, and writes a Terraform CLI configuration for the provider mirror if there is one. */
export function findTools(): void {
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
  const missing: Tool[] = COMMANDS.filter((tool) => spawnSync(tool, ["--version"]).error !== undefined);
  if (!missing.includes("terraform") && !hasProvider(folder)) missing.push(PROVIDER);
  process.env[MISSING] = missing.join();
  process.env[HINT] = missing.map((tool) => `  ${tool.padEnd(13)}  ${INSTALL[tool]}`).join("\n");
}

function hasProvider(folder: string): boolean {
  const aws = { source: PROVIDER, version: ">= 5.85.0, < 7.0.0" };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: { aws } } }));
  return spawnSync("terraform", ["init", "-backend=false"], { cwd: folder }).status === 0;
}

/**
 * A suite that runs the real tools. If a tool is missing, the suite is skipped and the last lines of the run show how to
 * install it. If `CI` is set, the suite fails.
 */
export function describeEndToEnd(name: string, suite: () => void, tools = ALL_TOOLS): void {
  const found = (process.env[MISSING] ?? "").split(",");
  const missing = tools.filter((tool) => found.includes(tool));
  if (missing.length === 0) {
    describe(name, suite);
    return;
  }
  if (process.env.CI) {
    throw new Error(
      `Not found: ${missing.join(", ")}. With CI set, end-to-end tests aren't skipped.\n${process.env[HINT]}`,
    );
  }
  const skipped = describe.skip;
  skipped(name, suite);
}
