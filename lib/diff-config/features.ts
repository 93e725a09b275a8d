import { isDeepStrictEqual } from "node:util";
import type { Feature } from "../core/feature";
import type { Registry } from "../core/toggles";
import * as registry from "../features";
import { type HostName, hosts } from "../hosts";
import { AGENT, type Fact, type Facts } from "./facts";
import { contributed, type Options, readOptions, type Variant, variantsOf } from "./options";

/** A feature that a task definition has on. */
export interface RecognizedFeature {
  readonly name: string;
  /** Those that aren't the defaults. */
  readonly options: Options;
  /** What it adds to the task. */
  readonly facts: Facts;
}

/** What is known of a feature on a host before any task definition is looked at. */
interface Profile {
  readonly name: string;
  readonly feature: Feature;
  readonly variants: readonly Variant[];
  /** Paths of variables that say "true" whatever the options are, and that no other feature has. */
  readonly switches: readonly string[];
  readonly isOwn: (path: string) => boolean;
}

const VARIABLES = `${AGENT}.environment.`;

/** Where a variable of the Agent stands. */
export const variablePath = (name: string) => `${VARIABLES}${name}`;

/** The features that are on: no more than what the definition asks for by something that no other feature has. */
export function recognizeFeatures(given: Facts, hostName: HostName): readonly RecognizedFeature[] {
  const host = hosts[hostName];
  const recognized = profilesOf(hostName).flatMap((profile) => {
    const { name, feature } = profile;
    const candidates = profile.variants.flatMap((variant) => {
      const options = readOptions(feature, variant, given);
      if (options === undefined) return [];
      const facts = contributed(feature, feature.options.parse(options), host);
      return [{ name, options, facts, cost: costOf(facts, options, given) }];
    });
    // The first of equals: its options are the nearest to the defaults.
    const [best] = candidates.sort((a, b) => byCost(a.cost, b.cost));
    return best && isAskedFor(profile, best.facts, given) ? [best] : [];
  });
  return withoutRepetition(recognized, hostName);
}

/** The features that are off because the definition says so, where else the Agent would decide. */
export function namedOff(given: Facts): readonly string[] {
  return Object.entries(registry as Registry)
    .filter(([, { leftToAgent, off = {} }]) => leftToAgent === true && Object.keys(off).length > 0 && has(given, off))
    .map(([name]) => name);
}

/** Whether a definition agrees with what is said here. A switch may be written `True`. */
export function agrees(here: Fact, there: Fact | undefined): boolean {
  if (there === undefined || there.secret) return false;
  return (
    here.value === there.value || (/^(?:true|false)$/.test(here.value) && there.value.toLowerCase() === here.value)
  );
}

function has(given: Facts, variables: Readonly<Record<string, string>>): boolean {
  return Object.entries(variables).every(([name, value]) => given.get(variablePath(name))?.value === value);
}

function isAskedFor({ feature, switches, isOwn }: Profile, facts: Facts, given: Facts): boolean {
  const agreed = (paths: readonly string[]) =>
    paths.filter((path) => {
      const fact = facts.get(path);
      return fact !== undefined && agrees(fact, given.get(path));
    }).length;
  // Of several switches half is enough: later Agents have later ones.
  if (agreed(switches) * 2 >= switches.length && switches.length > 0) return true;
  const onByItself = feature.off !== undefined && feature.leftToAgent !== true && !has(given, feature.off);
  if (switches.length > 0 && !onByItself) return false;
  const own = [...facts.keys()].filter((path) => isOwn(path) && decides(path));
  return agreed(own) * 2 > own.length;
}

/** What an Agent does is said by variables and ports; what it can see and may do is not enough to tell. */
function decides(path: string): boolean {
  return path.startsWith(VARIABLES) || path.includes(".portMappings[");
}

/** Less is better, the first number before the second. */
type Cost = readonly [added: number, unexplained: number, turnedOn: number, options: number];

/** What isn't there stays as little as can be, and where it has to be added it is rather off than on. */
function costOf(facts: Facts, options: Options, given: Facts): Cost {
  const all = [...facts];
  const added = all.filter(([path, fact]) => !agrees(fact, given.get(path)));
  const turnedOn = added.filter(([path, { value }]) => path.startsWith(VARIABLES) && value === "true");
  return [added.length, added.length - all.length, turnedOn.length, Object.keys(options).length];
}

function byCost(a: Cost, b: Cost): number {
  return a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Takes out every option that only says what another feature says already. */
function withoutRepetition(recognized: readonly RecognizedFeature[], hostName: HostName): readonly RecognizedFeature[] {
  const options = recognized.flatMap((each) => Object.keys(each.options).map((option) => [each.name, option] as const));
  return options.reduce((all, [name, option]) => {
    const rest = all.map((each) => (each.name === name ? withoutOption(each, option, hostName) : each));
    return isDeepStrictEqual(valuesOf(rest), valuesOf(all)) ? rest : all;
  }, recognized);
}

/** The feature without an option, or as it is where it makes no sense without. */
function withoutOption(given: RecognizedFeature, option: string, hostName: HostName): RecognizedFeature {
  const { [option]: _repeated, ...options } = given.options;
  const feature = (registry as Registry)[given.name];
  const parsed = feature?.options.safeParse(options);
  if (!feature || !parsed?.success || (feature.problems?.(parsed.data) ?? []).length > 0) return given;
  return { name: given.name, options, facts: contributed(feature, parsed.data, hosts[hostName]) };
}

function valuesOf(recognized: readonly RecognizedFeature[]): ReadonlyMap<string, string> {
  return new Map(recognized.flatMap(({ facts }) => [...facts].map(([path, { value }]) => [path, value] as const)));
}

const profiles = new Map<HostName, readonly Profile[]>();

function profilesOf(hostName: HostName): readonly Profile[] {
  const known = profiles.get(hostName) ?? makeProfiles(hostName);
  profiles.set(hostName, known);
  return known;
}

function makeProfiles(hostName: HostName): readonly Profile[] {
  const host = hosts[hostName];
  const features = Object.entries(registry as Registry)
    .filter(([, { requires }]) => requires.every((trait) => host.traits.includes(trait)))
    .map(([name, feature]) => ({ name, feature, variants: variantsOf(feature, host) }));
  const holders = new Map<string, Set<string>>();
  for (const { name, variants } of features) {
    for (const path of variants.flatMap(({ paths }) => paths))
      holders.set(path, (holders.get(path) ?? new Set()).add(name));
  }
  return features.map(({ name, feature, variants }) => {
    // What only some value of an option brings is nobody else's.
    const isOwn = (path: string) => [...(holders.get(path) ?? [])].every((holder) => holder === name);
    const switches = [...(variants[0]?.facts.keys() ?? [])].filter(
      (path) =>
        path.startsWith(VARIABLES) && isOwn(path) && variants.every(({ facts }) => facts.get(path)?.value === "true"),
    );
    return { name, feature, variants, isOwn, switches };
  });
}
