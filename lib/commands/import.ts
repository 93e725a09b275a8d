import { readFileSync } from "node:fs";
import { type Command, usageError } from "../app/command";
import { ecsClient, runningDaemons, runningService } from "../app/running-services";
import { catalog } from "../catalog";
import { ConfigurationError } from "../core/problem";
import { importDefinition, importServices } from "../outputs/import";
import { COMMANDS } from "./index";

/** The file descriptor. Accessing `process.stdin` would make it non-blocking, and `readFileSync` would fail. */
const STANDARD_INPUT = 0;

export const command: Command = {
  name: "import",
  summary: COMMANDS.import,
  forms: [
    "<file> [--container <name>]",
    "--cluster <name> --service <name> [--region <region>]",
    "--cluster <name> --all [--region <region>]",
  ],
  about: `<file> is the output of \`aws ecs describe-task-definition --output json\`, a file for
\`aws ecs register-task-definition\`, a list of container definitions, a CloudFormation template in
JSON, or the output of \`terraform show -json\`; - reads from standard input. With --cluster, services
are read from AWS with the credentials of the environment. Nothing is changed in AWS.`,
  operands: ["file"],
  options: {
    container: { value: "<name>", summary: "Name of the Agent's container, if it isn't detected" },
    cluster: { value: "<name>", summary: "Name or ARN of an ECS cluster" },
    service: { value: "<name>", summary: "Name of the Agent's service" },
    all: { summary: "Import all daemon services of the cluster that run an Agent" },
    region: { value: "<region>", summary: "AWS region (default: the environment's region)" },
  },
  async run(args, env) {
    const [cluster, service, container] = ["cluster", "service", "container"].map((name) => args.value(name));
    const [file] = args.operands;
    const isAll = args.has("all");
    if (cluster === undefined) {
      if (service !== undefined || isAll) throw usageError(command, env, "--service and --all need --cluster.");
      if (file === undefined) throw usageError(command, env, "missing argument <file>.");
      const name = file === "-" ? "standard input" : file;
      process.stdout.write(importDefinition(catalog, read(file, name), name, container));
      return;
    }
    if (file !== undefined) throw usageError(command, env, "<file> can't be combined with --cluster.");
    if ((service === undefined) === !isAll) {
      throw usageError(command, env, "--cluster needs either --service or --all.");
    }
    const client = ecsClient(args.value("region"));
    const running =
      service === undefined ? await runningDaemons(client, cluster) : [await runningService(client, cluster, service)];
    process.stdout.write(importServices(catalog, running, { container, onlyAgents: isAll }));
  },
};

function read(file: string, name: string): string {
  try {
    return readFileSync(file === "-" ? STANDARD_INPUT : file, "utf8");
  } catch (error) {
    const message = (error as NodeJS.ErrnoException).code === "ENOENT" ? "doesn't exist." : "can't be read.";
    throw new ConfigurationError(name, [{ path: [], message }]);
  }
}
