import { stringify } from "yaml";
import { VERSION } from "../../version";
import type { Answers } from "./answers";

export const CONFIGURATION = "clusters.yaml";

/** The CDKTF CLI version that matches this package's cdktf. */
const CDKTF_CLI = "^0.21.0";

/**
 * The CLI's terminal package has binaries for some versions of Node.js only, and is compiled on the others. This one has
 * binaries for all of them.
 */
const PTY = "@cdktf/node-pty-prebuilt-multiarch";
const PTY_WITH_BINARIES = "npm:@lydell/node-pty@^1.1.0";

/** The files of a new project, by name. `cdktf deploy` works in the project's folder. */
export function projectFiles(answers: Answers): Readonly<Record<string, string>> {
  return {
    [CONFIGURATION]: configuration(answers),
    "package.json": json({
      private: true,
      scripts: { synth: "datadog-agent-ecs synth", validate: "datadog-agent-ecs validate" },
      devDependencies: { [PTY]: PTY_WITH_BINARIES, "cdktf-cli": CDKTF_CLI, "datadog-agent-ecs": `^${VERSION}` },
      overrides: { [PTY]: `$${PTY}` },
    }),
    "cdktf.json": json({
      language: "typescript",
      // Without npx, which takes longer to start than the command takes to run.
      app: "node node_modules/datadog-agent-ecs/dist/bin/datadog-agent-ecs.js synth",
      projectId: answers.name,
      sendCrashReports: "false",
    }),
    ".gitignore": "node_modules/\ncdktf.out/\n*.tfstate\n*.tfstate.*\n.terraform/\ncdktf.log\n",
  };
}

function configuration({ name, cluster, region, site, secretArn, features }: Answers): string {
  const entry = {
    name,
    cluster,
    region,
    site,
    apiKey: secretArn === undefined ? undefined : { secretsManagerArn: secretArn },
    features: Object.fromEntries(features.map((feature) => [feature, true])),
  };
  const required = [
    ...(cluster === undefined ? ["the ECS cluster (var.cluster)"] : []),
    ...(secretArn === undefined ? ["the ARN of the secret with the API key (var.api_key_secret_arn)"] : []),
  ];
  return [
    "# yaml-language-server: $schema=./node_modules/datadog-agent-ecs/clusters.schema.json",
    ...(required.length > 0 ? [`# Required variables, which Terraform asks for: ${required.join(" and ")}.`] : []),
    stringify({ clusters: [entry] }),
  ].join("\n");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
