import { isDeepStrictEqual } from "node:util";
import type { Catalog } from "../../core/catalog";
import type { Feature } from "../../core/feature";
import { optionsAreValid } from "../../core/feature-rules";
import type { Image } from "../../core/image";
import { hostOf } from "../../core/scope";
import { optionsOf, type Toggles } from "../../core/toggles";
import { agentDefaultsOf, withAgentDefaults } from "./agent-defaults";
import { type Fact, type Facts } from "./facts";
import { AGENT, VARIABLES, variablePath } from "./paths";
import { contributed, type Options, readOptions, type Variant, variantsOf } from "./options";

/** A feature that a task definition enables. */
export interface RecognizedFeature {
  readonly name: string;
  /** Options that differ from their defaults. */
  readonly options: Options;
  /** What the feature adds to the task. */
  readonly facts: Facts;
}

/** Information about a feature on a host that doesn't depend on a task definition. */
interface Profile {
  readonly name: string;
  readonly feature: Feature;
  readonly variants: readonly Variant[];
  /** Paths of variables that are always "true" and that no other feature has. */
  readonly switches: readonly string[];
  readonly isOwn: (path: string) => boolean;
}

/** The parts of a definition by which features are recognized. */
interface Evidence {
  /** The definition's facts. */
  readonly given: Facts;
  /** The facts with the Agent's defaults. */
  readonly effective: Facts;
  readonly image: Image;
  /** Paths of mounts that belong to an option whose variable is set. */
  readonly claimed: ReadonlySet<string>;
  /** Whether all ports can be reached without a port mapping. */
  readonly isOpenNetwork: boolean;
}

interface Candidate extends RecognizedFeature {
  readonly cost: Cost;
  /** How applications reach the feature, if anything but variables shows it. */
  readonly reach: Reach;
}

type Reach = "port" | "folder" | undefined;

const MOUNTS = `${AGENT}.mountPoints[`;

/**
 * Finds the enabled features by the definition and by the Agent's defaults. An option is set only if the definition shows
 * it. A feature whose options can't reproduce the definition isn't recognized, and its variables become `environment`.
 */
export function recognizeFeatures(
  catalog: Catalog,
  given: Facts,
  hostName: string,
  image: Image,
): readonly RecognizedFeature[] {
  const networkMode = given.get("networkMode")?.text;
  const profiles = profilesOf(catalog, hostName);
  const evidence: Evidence = {
    given,
    claimed: claimedMounts(profiles, given),
    effective: withAgentDefaults(catalog, given, image),
    image,
    isOpenNetwork: networkMode === "host" || networkMode === "awsvpc",
  };
  const found = profiles.flatMap((profile) => {
    const best = bestOf(profile, evidence, hostOf(catalog, { host: hostName }));
    return best === undefined ? [] : [{ profile, best }];
  });
  const sure = found.filter(({ profile, best }) => isAskedFor(profile, best, evidence));
  // A shared folder that no other feature explains indicates a feature that is on by default.
  const claimed = new Set(sure.flatMap(({ best }) => [...best.facts.keys()]));
  const further = found.filter(
    ({ profile, best }) =>
      best.reach === "folder" &&
      isOnByItself(profile, evidence) &&
      [...best.facts.keys()].some((path) => path.startsWith(MOUNTS) && !claimed.has(path)),
  );
  const all = found.filter((each) => sure.includes(each) || further.includes(each));
  const recognized = all.map(({ best: { name, options, facts } }) => ({ name, options, facts }));
  return withoutRepetition(catalog, recognized, hostName);
}

/** The recognized features that are on in the given toggles, with the options of the toggles. */
export function withToggles(
  catalog: Catalog,
  hostName: string,
  recognized: readonly RecognizedFeature[],
  toggles: Toggles = {},
): readonly RecognizedFeature[] {
  return recognized.flatMap((each) => {
    const { [each.name]: toggle = false } = toggles;
    const feature = catalog.features[each.name];
    if (toggle === false || feature === undefined) return [];
    const options = typeof toggle === "object" ? toggle : {};
    if (isDeepStrictEqual(options, each.options)) return [each];
    const facts = contributed(feature, optionsOf(feature, toggle), hostOf(catalog, { host: hostName }));
    return [{ name: each.name, options, facts }];
  });
}

/** The features that the definition turns off, although the Agent's default would apply to them. */
export function explicitlyOff(catalog: Catalog, given: Facts): readonly string[] {
  return Object.entries(catalog.features)
    .filter(([, feature]) => feature.leftToAgent === true && isExplicitlyOff(feature, given))
    .map(([name]) => name);
}

function isExplicitlyOff({ off = {} }: Feature, given: Facts): boolean {
  const variables = Object.entries(off);
  const agreed = variables.filter(([name, value]) => isSame(value, given.get(variablePath(name))));
  return variables.length > 0 && agreed.length === variables.length;
}

/** Whether the original has the generated value. */
export function matches(generated: Fact, original: Fact | undefined): boolean {
  return isSame(generated.value, original);
}

function isSame(value: string, original: Fact | undefined): boolean {
  if (original === undefined || original.secret) return false;
  return value === original.value || (/^(?:true|false)$/.test(value) && switchOf(original.value) === value);
}

/** @see https://pkg.go.dev/strconv#ParseBool, by which the Agent reads its variables */
function switchOf(text: string): string | undefined {
  if (["1", "t", "T", "TRUE", "true", "True"].includes(text)) return "true";
  return ["0", "f", "F", "FALSE", "false", "False"].includes(text) ? "false" : undefined;
}

/** The options that reproduce most of the definition and add least. */
function bestOf(profile: Profile, evidence: Evidence, host: Parameters<typeof contributed>[2]): Candidate | undefined {
  const { name, feature } = profile;
  if (isExplicitlyOff(feature, evidence.given) || !assumptionsHold(profile, evidence)) return undefined;
  const candidates = profile.variants.flatMap((variant): Candidate[] => {
    const shown = optionsShown(profile, variant, evidence);
    const options = shown && readOptions(feature, variant, evidence.given);
    if (!shown || !options) return [];
    const facts = contributed(feature, feature.options.parse(options), host);
    return [{ name, options, facts, cost: costOf(profile, facts, options, evidence), reach: shown.reach }];
  });
  // Of equal candidates, the first is nearest to the defaults.
  return candidates.sort((a, b) => byCost(a.cost, b.cost))[0];
}

/** Whether the variables that the feature relies on without setting them have the expected values. */
function assumptionsHold({ feature, variants }: Profile, { effective, image }: Evidence): boolean {
  const set = new Set(variants.flatMap(({ paths }) => paths));
  return Object.entries(agentDefaultsOf(feature, image)).every(
    ([variable, value]) => set.has(variablePath(variable)) || isSame(value, effective.get(variablePath(variable))),
  );
}

/** How the definition shows the enabled options of a variant. Undefined if it doesn't show one of them. */
function optionsShown(profile: Profile, variant: Variant, evidence: Evidence): { readonly reach: Reach } | undefined {
  const { feature } = profile;
  const { given } = evidence;
  const reaches: Reach[] = [];
  for (const [option, added] of optionParts(profile, variant)) {
    const assumed = Object.entries(feature.optionAssumes?.[option] ?? {});
    const isOtherwise = assumed.some(([name, value]) => {
      const named = given.get(variablePath(name));
      return named !== undefined && !isSame(value, named);
    });
    if (isOtherwise) return undefined;
    const reach = reachOf(profile, variant, added, evidence);
    if (reach === undefined && !isNamed(variant, added, given)) return undefined;
    reaches.push(reach);
  }
  return { reach: reaches.find((reach) => reach === "port") ?? reaches.find((reach) => reach === "folder") };
}

/** What each enabled option of a variant adds. */
function optionParts({ variants }: Profile, { options, facts }: Variant): readonly (readonly [string, string[]])[] {
  const on = Object.keys(options).filter((option) => options[option] === true);
  return on.flatMap((option) => {
    const without = variants.find((other) => isDeepStrictEqual(other.options, { ...options, [option]: false }));
    const added = [...facts.keys()].filter((path) => without?.facts.has(path) === false);
    return added.length > 0 ? [[option, added] as const] : [];
  });
}

/** Whether a definition sets one of the variables of an option. */
function isNamed({ facts }: Variant, added: readonly string[], given: Facts): boolean {
  return added.some((path) => path.startsWith(VARIABLES) && matches(facts.get(path) as Fact, given.get(path)));
}

function claimedMounts(profiles: readonly Profile[], given: Facts): ReadonlySet<string> {
  const named = profiles.flatMap((profile) =>
    profile.variants.flatMap((variant) =>
      optionParts(profile, variant).filter(([, added]) => isNamed(variant, added, given)),
    ),
  );
  return new Set(named.flatMap(([, added]) => added.filter((path) => path.startsWith(MOUNTS))));
}

/** How applications reach what an option adds. */
function reachOf(profile: Profile, variant: Variant, added: readonly string[], evidence: Evidence): Reach {
  const { given, effective, claimed, isOpenNetwork } = evidence;
  const ports = added.filter(isPort);
  const variables = added.filter((path) => path.startsWith(VARIABLES));
  if (ports.some((path) => given.has(path))) return "port";
  const isListening = variables.every((path) => matches(variant.facts.get(path) as Fact, effective.get(path)));
  if (ports.length > 0 && isOpenNetwork && isListening && isOnByItself(profile, evidence)) return "port";
  const folders = added.filter((path) => path.startsWith(MOUNTS) && !claimed.has(path));
  const isMounted = folders.some((path) => isSameSource(variant.facts.get(path), given.get(path)));
  return isMounted && variables.every((path) => effective.has(path)) ? "folder" : undefined;
}

function isPort(path: string): boolean {
  return path.includes(".portMappings[");
}

/** Whether two mounts have the same source, even if only one is read-only. */
function isSameSource(generated: Fact | undefined, original: Fact | undefined): boolean {
  const source = (fact: Fact | undefined) => fact?.value.replace(/, [\w-]+$/, "");
  return original?.secret === false && source(generated) === source(original);
}

/** Whether the Agent has the feature on by default and the definition doesn't turn it off. */
function isOnByItself({ feature, switches }: Profile, { effective, image }: Evidence): boolean {
  const defaults = agentDefaultsOf(feature, image);
  if (Object.keys(defaults).length === 0) return false;
  return switches.every((path) => isSame("true", effective.get(path)));
}

function isAskedFor(profile: Profile, { facts, reach }: Candidate, evidence: Evidence): boolean {
  const { feature, switches, isOwn } = profile;
  const agreed = (paths: readonly string[]) =>
    paths.filter((path) => {
      const fact = facts.get(path);
      return fact !== undefined && matches(fact, evidence.given.get(path));
    }).length;
  // Half of several switches is enough, because newer Agents added some of them.
  if (agreed(switches) * 2 >= switches.length && switches.length > 0) return true;
  if (isOnByItself(profile, evidence)) {
    // A feature that the Agent enables by default is only needed if it would be turned off otherwise.
    if (reach === "port" || (reach === "folder" && feature.off !== undefined)) return true;
  }
  if (switches.length > 0) return false;
  const own = [...facts.keys()].filter(isOwn);
  const deciding = own.filter(decides);
  // Some features add mounts only.
  const paths = deciding.length > 0 ? deciding : own.filter((path) => path.startsWith(MOUNTS));
  return agreed(paths) * 2 > paths.length;
}

/** Variables and ports identify a feature. Mounts and capabilities don't, because features share them. */
function decides(path: string): boolean {
  return path.startsWith(VARIABLES) || isPort(path);
}

/** Lower is better; compared in order. */
type Cost = readonly [lost: number, added: number, remainingKeys: number, turnedOn: number, options: number];

/**
 * Loses no mapped port, adds as little as possible, and prefers an addition that is off to one that is on.
 */
function costOf({ variants }: Profile, facts: Facts, options: Options, { given, effective }: Evidence): Cost {
  const all = [...facts];
  const ports = new Set(variants.flatMap(({ paths }) => paths.filter(isPort)));
  const lost = [...ports].filter((path) => given.has(path) && !facts.has(path));
  const added = all.filter(([path, fact]) => (isPort(path) ? !given.has(path) : !matches(fact, effective.get(path))));
  const turnedOn = added.filter(([path, { value }]) => path.startsWith(VARIABLES) && value === "true");
  return [lost.length, added.length, added.length - all.length, turnedOn.length, Object.keys(options).length];
}

function byCost(a: Cost, b: Cost): number {
  return a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Removes every option that adds nothing to the other features. */
function withoutRepetition(
  catalog: Catalog,
  recognized: readonly RecognizedFeature[],
  hostName: string,
): readonly RecognizedFeature[] {
  const options = recognized.flatMap((each) => Object.keys(each.options).map((option) => [each.name, option] as const));
  return options.reduce((all, [name, option]) => {
    const rest = all.map((each) => (each.name === name ? withoutOption(catalog, each, option, hostName) : each));
    return isDeepStrictEqual(valuesOf(rest), valuesOf(all)) ? rest : all;
  }, recognized);
}

/** The feature without an option, or unchanged if its options would be invalid without it. */
function withoutOption(
  catalog: Catalog,
  given: RecognizedFeature,
  option: string,
  hostName: string,
): RecognizedFeature {
  const { [option]: _repeated, ...options } = given.options;
  const feature = catalog.features[given.name];
  const parsed = feature?.options.safeParse(options);
  if (!feature || !parsed?.success || !optionsAreValid(feature, parsed.data)) return given;
  return { name: given.name, options, facts: contributed(feature, parsed.data, hostOf(catalog, { host: hostName })) };
}

function valuesOf(recognized: readonly RecognizedFeature[]): ReadonlyMap<string, string> {
  return new Map(recognized.flatMap(({ facts }) => [...facts].map(([path, { value }]) => [path, value] as const)));
}

/** The features that may add a path on a host. */
export function featuresWith(catalog: Catalog, hostName: string, path: string): readonly string[] {
  return profilesOf(catalog, hostName)
    .filter(({ variants }) => variants.some(({ paths }) => paths.includes(path)))
    .map(({ name }) => name);
}

/** By host. */
const profiles = new WeakMap<Catalog, Map<string, readonly Profile[]>>();

function profilesOf(catalog: Catalog, hostName: string): readonly Profile[] {
  const byHost = profiles.get(catalog) ?? new Map<string, readonly Profile[]>();
  const known = byHost.get(hostName) ?? makeProfiles(catalog, hostName);
  profiles.set(catalog, byHost.set(hostName, known));
  return known;
}

function makeProfiles(catalog: Catalog, hostName: string): readonly Profile[] {
  const host = hostOf(catalog, { host: hostName });
  const features = Object.entries(catalog.features)
    .filter(([, { requires }]) => requires.every((trait) => host.traits.includes(trait)))
    .map(([name, feature]) => ({ name, feature, variants: variantsOf(feature, host) }));
  const holders = new Map<string, Set<string>>();
  for (const { name, variants } of features) {
    for (const path of variants.flatMap(({ paths }) => paths))
      holders.set(path, (holders.get(path) ?? new Set()).add(name));
  }
  return features.map(({ name, feature, variants }) => {
    // Also true if only some values of an option add the path.
    const isOwn = (path: string) => [...(holders.get(path) ?? [])].every((holder) => holder === name);
    const switches = [...(variants[0]?.facts.keys() ?? [])].filter(
      (path) =>
        path.startsWith(VARIABLES) && isOwn(path) && variants.every(({ facts }) => facts.get(path)?.value === "true"),
    );
    return { name, feature, variants, isOwn, switches };
  });
}
