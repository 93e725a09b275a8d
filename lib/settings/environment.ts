import * as z from "zod";
import { API_KEY } from "../core/agent";
import { ownersOfVariables } from "../core/owned-variables";
import { list, type Problem } from "../core/problem";
import type { Rule } from "../core/rule";
import { key, text } from "../core/schema";
import { mayBeSecret } from "../core/secrets";
import { defineSetting, type Registries } from "../core/setting";
import { has, hasNone, not } from "../core/term";

/** Environment variables that ECS keeps. */
export const variables = z
  .record(
    key("a variable name: letters, digits and _, not starting with a digit", /^[A-Za-z_][A-Za-z0-9_]*$/),
    text("text that isn't empty (ECS drops variables without a value), without NUL characters", /^[^\0]+$/),
  )
  .default({});

/** Variables that can't be set, not even as an override. */
export function forbiddenVariables(at: string): readonly Rule[] {
  return [
    {
      at: `${at}.DD_API_KEY`,
      holds: not(has(at, "DD_API_KEY")),
      must: "can't be set here: `apiKey` passes it to the Agent as a secret, and ECS refuses a variable and a secret with the same name.",
    },
    {
      at: `${at}.DD_HOSTNAME`,
      holds: not(has(at, "DD_HOSTNAME")),
      must: "can't be set: the daemon runs on every instance, and all of them would report as one host. The Agent detects the name of each instance.",
    },
  ];
}

export const environment = defineSetting({
  summary: "Additional environment variables of the Agent, except those that other settings control",
  of: "daemon",
  schema: variables,
  mayBeSecret: true,
  rules: (registries) => [...forbiddenVariables("environment"), variablesOfOtherSettings(registries)],
  rulesInCode: [{ reads: ["environment"], problems: secretsIn }],
  inCode: "it overrides fallbacks and the variables of features that are off",
});

/** A variable that another setting controls would silently contradict that setting. */
function variablesOfOtherSettings(registries: Registries): Rule {
  const owners = [...ownersOfVariables(registries)];
  return {
    at: "environment",
    holds: hasNone(
      "environment",
      owners.map(([variable]) => variable),
    ),
    must:
      "can't be set here: {@} controls it. " +
      "Set that key, or move the variable to `environmentOverrides` to override it.",
    words: Object.fromEntries(owners.map(([variable, keys]) => [variable, list(quoted(keys), "or")])),
  };
}

function quoted(keys: readonly string[]): readonly string[] {
  return keys.map((each) => `\`${each}\``);
}

/** Commit hashes and checksums look like API keys. */
const CHECKSUM_NAME = /(?:SHA(?:1|256)?|COMMIT|REVISION|DIGEST|CHECKSUM)$/i;

/** Anyone who can read the task definition or the Terraform state can read its variables. */
function secretsIn({ environment: given }: Readonly<Record<string, unknown>>): readonly Problem[] {
  return Object.entries(given as Readonly<Record<string, string>>)
    .filter(([name, value]) => name !== API_KEY && !CHECKSUM_NAME.test(name) && mayBeSecret(value, name))
    .map(([name]) => ({
      path: ["environment", name],
      message:
        "can't be set here: it looks like a secret, and anyone who can read the task definition can read it. " +
        "Move it to `secrets`, with the ARN of the secret. If it isn't a secret, move it to `environmentOverrides`.",
    }));
}
