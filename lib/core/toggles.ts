import * as z from "zod";
import type { NetworkMode } from "./ecs";
import type { Feature } from "./feature";
import type { Host } from "./host";
import { hasFlavor, type Image } from "./image";
import type { Site } from "./sites";

export type Features = Readonly<Record<string, Feature>>;

/** A feature in a configuration: true, false, or options, which turn it on. */
export type Toggle = boolean | Readonly<Record<string, unknown>> | undefined;
export type Toggles = Readonly<Record<string, Toggle>>;

/** What decides whether a feature is on by default. */
export interface Target {
  readonly host: Host;
  readonly site: Site;
  readonly image: Image;
}

export interface EnabledFeature {
  readonly name: string;
  readonly feature: Feature;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The features that are on. */
export function enabledFeatures(features: Features, toggles: Toggles, target: Target): readonly EnabledFeature[] {
  return Object.entries(features).flatMap(([name, feature]) =>
    isOn(features, name, toggles, target) ? [{ name, feature, options: optionsOf(feature, toggles[name]) }] : [],
  );
}

const defaultOptions = new WeakMap<Feature, Record<string, unknown>>();

/** The options of a feature that is on. Caches the defaults, which most clusters use. */
export function optionsOf(feature: Feature, toggle: Toggle): Readonly<Record<string, unknown>> {
  if (typeof toggle === "object") return z.parse(feature.options, toggle);
  const options = defaultOptions.get(feature) ?? z.parse(feature.options, {});
  defaultOptions.set(feature, options);
  return options;
}

/** Whether a feature is on: by its toggle, else by default unless a feature that is on replaces it. */
export function isOn(features: Features, name: string, toggles: Toggles, target: Target): boolean {
  const toggle = toggles[name];
  const feature = features[name];
  if (feature === undefined || toggle === false) return false;
  if (toggle !== undefined) return true;
  return (
    isOnByDefault(feature, target) &&
    !replacersOf(features, name).some((other) => isOn(features, other, toggles, target))
  );
}

/** The features that turn a feature off by default. */
export function replacersOf(features: Features, name: string): readonly string[] {
  return Object.entries(features).flatMap(([other, { replaces = {} }]) => (name in replaces ? [other] : []));
}

function isOnByDefault({ onByDefault = false, imageFlavor, requires, sites }: Feature, target: Target): boolean {
  if (imageFlavor !== undefined) return hasFlavor(target.image, imageFlavor);
  return (
    onByDefault &&
    requires.every((trait) => target.host.traits.includes(trait)) &&
    (sites === undefined || sites.only.includes(target.site))
  );
}

/** The environment of the features that are off, except those that the Agent decides. */
export function environmentOfDisabled(
  features: Features,
  toggles: Toggles,
  target: Target,
): Readonly<Record<string, string>> {
  const off = Object.entries(features).filter(
    ([name, { leftToAgent = false }]) =>
      !isOn(features, name, toggles, target) && !(leftToAgent && toggles[name] === undefined),
  );
  return Object.assign({}, ...off.map(([, feature]) => feature.off)) as Record<string, string>;
}

/**
 * The network mode of the task: the configured one, else the host's default if all features support it, else another.
 */
export function networkModeOf(
  enabled: readonly EnabledFeature[],
  host: Host,
  networkMode: NetworkMode | undefined,
): NetworkMode | undefined {
  const needs = enabled.flatMap(({ feature }) => feature.networkModes ?? []);
  const fits = (mode: NetworkMode | undefined) => needs.every(({ only }) => mode !== undefined && only.includes(mode));
  if (networkMode !== undefined || fits(host.networkMode)) return networkMode ?? host.networkMode;
  return needs[0]?.only.find((mode) => fits(mode) && host.networkModes.includes(mode));
}
