import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Arguments } from "../app/arguments";
import { type Command, print } from "../app/command";
import { CommandError } from "../app/error";
import { accountOf } from "../app/init/account";
import { type Answers, DEFAULTS } from "../app/init/answers";
import { CONFIGURATION, projectFiles } from "../app/init/files";
import { askFor } from "../app/init/questions";
import { catalog } from "../catalog";
import { parseConfiguration } from "../configuration/load";
import { COMMANDS } from "./index";

export const command: Command = {
  name: "init",
  summary: COMMANDS.init,
  forms: ["[options]"],
  about: `Asks for every value that isn't given as an option. With --yes or without a terminal, it asks nothing
and uses the defaults; a missing --cluster or --secret-arn becomes a required Terraform variable.
With AWS credentials in the environment, it lists the account's clusters and secrets to choose from.
It never reads a secret's value.`,
  options: {
    name: { value: "<name>", summary: `Name of the stack (default: ${DEFAULTS.name})` },
    cluster: { value: "<name>", summary: "Name or ARN of the ECS cluster" },
    region: { value: "<region>", summary: "AWS region" },
    site: { value: "<site>", summary: `Datadog site (default: ${DEFAULTS.site})` },
    "secret-arn": { value: "<arn>", summary: "Full ARN of the Secrets Manager secret with the API key" },
    features: { value: "<names>", summary: `Comma-separated features (default: ${DEFAULTS.features.join(",")})` },
    out: { value: "<folder>", summary: "Output folder (default: the current folder)" },
    yes: { summary: "Ask nothing and use the defaults" },
  },
  async run(args) {
    const folder = args.value("out") ?? ".";
    const shown = (file: string) => join(folder, file);
    if (existsSync(shown(CONFIGURATION))) {
      throw new CommandError(`${shown(CONFIGURATION)} already exists. Edit it, or choose another folder with --out.`);
    }
    const given = givenIn(args);
    const asks = !args.has("yes") && process.stdin.isTTY && process.stdout.isTTY;
    const answers = asks
      ? await askFor(catalog, given, accountOf, { input: process.stdin, output: process.stdout })
      : { ...DEFAULTS, ...given };
    const files = projectFiles(answers);
    // Checked like any configuration, before anything is written.
    parseConfiguration(catalog, files[CONFIGURATION] ?? "", shown(CONFIGURATION));

    const [present, missing] = [true, false].map((is) =>
      Object.entries(files).filter(([file]) => existsSync(shown(file)) === is),
    ) as [[string, string][], [string, string][]];
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of missing) writeFileSync(shown(file), text);
    print(`Wrote ${missing.map(([file]) => shown(file)).join(", ")}.`);
    if (present.length > 0) print(`Kept: ${present.map(([file]) => shown(file)).join(", ")}.`);
    print(`Next: ${folder === "." ? "" : `cd ${folder} && `}npm install && npx datadog-agent-ecs synth`);
  },
};

/** The values of the options. The configuration's checks validate them. */
function givenIn(args: Arguments): Partial<Answers> {
  const given = {
    name: args.value("name"),
    cluster: args.value("cluster"),
    region: args.value("region"),
    site: args.value("site") as Answers["site"] | undefined,
    secretArn: args.value("secret-arn"),
    features: args
      .value("features")
      ?.split(",")
      .map((name) => name.trim()),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
