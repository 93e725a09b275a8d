import { type Command, print, printError } from "../app/command";
import { CommandError } from "../app/error";
import { catalog } from "../catalog";
import { loadConfiguration } from "../configuration/load";
import { terraformJson } from "../constructs/terraform-json";
import { ConfigurationError, didYouMean } from "../core/problem";
import { deployerPolicy } from "../outputs/deployer-policy";
import { COMMANDS } from "./index";
import { CONFIG, configPath, FORMAT } from "./options";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MANAGED_POLICY_CHARACTERS = 6144;

export const command: Command = {
  name: "iam",
  summary: COMMANDS.iam,
  forms: ["[stack]"],
  about: `Lists the permissions that \`terraform plan\`, \`apply\` and \`destroy\` need, for all stacks or for
one stack.
Resources are ARNs, with a wildcard for an unknown account or region. To avoid wildcards, set
\`region\`, and \`accountId\` or \`provider.allowedAccountIds\`.

Statements without an ID are for the role of \`provider.assumeRole\`, if it is set. AssumeRole is for
the credentials that assume the role, TerraformState for those that read and write the state.

A deployment that removes resources also needs the policy of the previous configuration.`,
  operands: ["stack"],
  options: { ...CONFIG, ...FORMAT },
  run(args, env) {
    const path = configPath(args, env);
    const { stacks } = loadConfiguration(catalog, path);
    const names = stacks.map(({ name }) => name);
    if (names.length === 0) {
      const message = "has only `modules`, and iam needs `clusters`.";
      throw new ConfigurationError(path, [{ path: [], message }]);
    }
    const [stack] = args.operands;
    if (stack !== undefined && !names.includes(stack)) {
      throw new CommandError(`${path} has no stack ${stack}.${didYouMean(stack, names)}`);
    }
    const chosen = stacks.filter(({ name }) => stack === undefined || name === stack);
    const policy = deployerPolicy(terraformJson(chosen));
    print(JSON.stringify(policy, null, 2));
    const characters = JSON.stringify(policy).length;
    if (characters > MANAGED_POLICY_CHARACTERS) {
      printError(
        `Warning: the policy has ${characters} characters without spaces, but an IAM managed policy can have at most ` +
          `${MANAGED_POLICY_CHARACTERS}. ${chosen.length > 1 ? "Print a policy for each stack." : "Split it into several."}`,
      );
    }
  },
};
