import * as z from "zod";
import { holds, scopeOfOptions } from "./evaluate";
import type { BrokenRelease, Feature, Only } from "./feature";
import { HOST_TRAITS, type HostTrait } from "./host";
import { type AgentVersion, FLAVORED_TAG, FULL_FIPS_SINCE } from "./image";
import { list } from "./problem";
import type { Rule } from "./rule";
import {
  agentBefore,
  and,
  type Condition,
  empty,
  every,
  given,
  hostHas,
  imageFlavor,
  implies,
  isOff,
  isOn,
  isTrue,
  matches,
  not,
  oneOf,
  or,
  prefixed,
} from "./term";

/** The rules that follow from the facts of a feature. */
export function rulesOfFeature(name: string, feature: Feature): readonly Rule[] {
  const at = `features.${name}`;
  const on = isOn(name);
  const withOption = (option: string) => and(on, isInUse(feature, option, `${at}.${option}`));
  const options = <Value>(record: Readonly<Partial<Record<string, Value>>> = {}) =>
    Object.entries(record).flatMap(([option, value]) => (value === undefined ? [] : [[option, value] as const]));
  const excluded = { ...feature.excludes, ...feature.replaces };
  return [
    ...feature.requires.map((trait) => hostRule(at, on, trait)),
    ...options(feature.optionRequires).flatMap(([option, traits]) =>
      traits.map((trait) => hostRule(`${at}.${option}`, withOption(option), trait)),
    ),
    ...onlyRules(at, on, "launchType", feature.launchTypes),
    ...onlyRules(at, on, "site", feature.sites),
    ...options(feature.optionSites).flatMap(([option, sites]) =>
      onlyRules(`${at}.${option}`, withOption(option), "site", sites),
    ),
    ...onlyRules(at, and(on, given("networkMode")), "networkMode", feature.networkModes),
    ...(feature.brokenIn ?? []).map((release) => brokenRule(at, on, release)),
    ...(feature.since === undefined ? [] : [versionRule(at, on, feature.since)]),
    ...options(feature.optionSince).map(([option, version]) =>
      versionRule(`${at}.${option}`, withOption(option), version),
    ),
    ...(feature.imageFlavor === undefined ? [] : flavorRules(at, on, feature.imageFlavor)),
    ...Object.entries(excluded).map(([other, because]) => ({
      at,
      holds: not(and(on, isOn(other))),
      must: `can't be combined with \`features.${other}\`: ${because}. Set one of them to false.`,
    })),
    ...Object.entries(feature.needs ?? {}).map(([other, because]) => ({
      at,
      holds: implies(on, isOn(other)),
      must: `needs \`features.${other}\`, which is off: ${because}. Turn it on.`,
    })),
    ...Object.entries(feature.through ?? {}).map(([other, because]) => ({
      at,
      holds: not(and(on, isOff(other))),
      must: `can't be combined with \`features.${other}\` false: ${because}. Remove \`features.${other}\`, or turn it on.`,
    })),
    ...options(feature.optionNeeds).map(([option, other]) => ({
      at: `${at}.${option}`,
      holds: implies(withOption(option), isOn(other)),
      must: `needs \`features.${other}\`, which is off. Turn it on, or remove this option.`,
    })),
    ...(feature.rules ?? []).map((rule) => ({
      ...rule,
      at: rule.at === "" ? at : `${at}.${rule.at}`,
      holds: onlyWhile(on, prefixed(rule.holds, at)),
    })),
  ];
}

/** Keeps an `every` condition at the top level, so that its problems have the paths of the items. */
function onlyWhile(on: Condition, condition: Condition): Condition {
  return condition.$ === "every" ? every(condition.path, implies(on, condition.condition)) : implies(on, condition);
}

/** Whether an option is in use: a switch that is on, or a list that isn't empty. */
function isInUse({ options }: Feature, option: string, path: string): Condition {
  return takesLists(options.shape[option] as z.ZodType) ? not(empty(path)) : isTrue(path);
}

function takesLists(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return takesLists(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodArray;
}

/** Whether options satisfy the rules of their feature. */
export function optionsAreValid({ rules = [] }: Feature, options: object): boolean {
  const scope = scopeOfOptions(options);
  return rules.every((rule) => holds(rule.holds, scope) !== false);
}

function hostRule(at: string, on: Condition, trait: HostTrait): Rule {
  return { at, holds: implies(on, hostHas(trait)), must: missingTraitMessage(trait) };
}

/** The message for a feature or option that needs a trait which the host doesn't have. */
export function missingTraitMessage(trait: HostTrait): string {
  return `must be off on the host {host}: it needs a host that ${HOST_TRAITS[trait]}.`;
}

function onlyRules(at: string, on: Condition, key: string, limit: Only<string> | undefined): readonly Rule[] {
  if (limit === undefined) return [];
  const must =
    `needs \`${key}\` ${list(limit.only, "or")}, got {${key}}: ${limit.because}. ` +
    `Set \`${at}\` to false or change \`${key}\`.`;
  return [{ at, holds: implies(on, oneOf(key, limit.only)), must }];
}

function versionRule(at: string, on: Condition, version: AgentVersion): Rule {
  return {
    at,
    holds: implies(on, not(agentBefore(version))),
    must: `needs Agent ${version} or later, got \`image.tag\` {image.tag}. Use a newer tag, or turn it off.`,
  };
}

/** With a digest the release is unknown. */
function brokenRule(at: string, on: Condition, { version, because }: BrokenRelease): Rule {
  const release = new RegExp(`^${version.replaceAll(".", "\\.")}(?:$|[^0-9])`);
  return {
    at,
    holds: implies(on, or(given("image.digest"), not(matches("image.tag", release)))),
    must: `can't be combined with \`image.tag\` {image.tag}: ${because}. Use another tag, or turn it off.`,
  };
}

/** A flavor must not be in the tag twice. The full FIPS image was added later than the others. */
function flavorRules(at: string, on: Condition, flavor: string): readonly Rule[] {
  return [
    {
      at,
      holds: implies(and(on, imageFlavor("full")), not(agentBefore(FULL_FIPS_SINCE))),
      must: `needs Agent ${FULL_FIPS_SINCE} or later with \`image.flavor\` full, got \`image.tag\` {image.tag}: older versions have no full ${flavor} image. Use a newer tag, or remove \`image.flavor\`.`,
    },
    {
      at: "image.tag",
      holds: implies(on, or(given("image.flavor"), not(matches("image.tag", FLAVORED_TAG)))),
      must: `must not include a flavor, because \`${at}\` adds one, got {image.tag}.`,
    },
  ];
}
