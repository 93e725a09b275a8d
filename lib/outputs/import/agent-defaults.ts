import type { Catalog } from "../../core/catalog";
import type { Feature } from "../../core/feature";
import { type Image, isOlder } from "../../core/image";
import { type Facts } from "./facts";
import { AGENT, variablePath } from "./paths";

/** The variables that an Agent version sets by default. */
export function agentDefaultsOf({ agentDefaults = {} }: Feature, image: Image): Readonly<Record<string, string>> {
  const known = Object.entries(agentDefaults).flatMap(([name, entry]) => {
    if (typeof entry === "string") return [[name, entry] as const];
    return isOlder(image, entry.since) ? [] : [[name, entry.value] as const];
  });
  return Object.fromEntries(known);
}

/** The facts of a definition, with the Agent's defaults for variables that it doesn't set. */
export function withAgentDefaults({ features }: Catalog, given: Facts, image: Image): Facts {
  const all = Object.values(features).flatMap((feature) => Object.entries(agentDefaultsOf(feature, image)));
  const unnamed = all.filter(([name]) => !isNamed(given, name));
  const facts = unnamed.map(
    ([name, text]) => [variablePath(name), { name, text, value: text, shown: text, secret: false }] as const,
  );
  return new Map([...given, ...facts]);
}

/** Whether a definition sets a variable, in plain text or as a secret. */
export function isNamed(given: Facts, name: string): boolean {
  return given.has(variablePath(name)) || given.has(`${AGENT}.secrets.${name}`);
}
