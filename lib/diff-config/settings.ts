import { osTypeConstraint } from "../core/assemble";
import { FLAVORS, hasFlavor, type Image, imageReference } from "../core/image";
import { type Registry, type Toggle } from "../core/toggles";
import { settingsSchema } from "../configuration/schema";
import * as registry from "../features";
import { type HostName, hosts } from "../hosts";
import type { Definition } from "./definition";
import { AGENT, type Facts, isOpen } from "./facts";
import { mayBeSecret } from "./secrets";
import { namedOff, type RecognizedFeature, variablePath } from "./features";

/** A cluster of clusters.yaml before it is checked. */
export type Entry = Readonly<Record<string, unknown>>;

const DEFAULTS = settingsSchema.parse({});

/**
 * What a definition says in the words of a cluster, except for what can only be told once the task is there. Whether it
 * is accepted is the loader's to say. Defaults are left out.
 */
export function recognizeSettings(
  { taskDefinitionArn = "" }: Definition,
  there: Facts,
  hostName: HostName,
  features: readonly RecognizedFeature[],
): Entry {
  const host = hosts[hostName];
  const text = (path: string) => {
    const { text: found, secret = true } = there.get(path) ?? {};
    return secret || found === undefined || isOpen(found) ? undefined : found;
  };
  const number = (path: string) => (text(path) === undefined ? undefined : Number(text(path)));
  const image = imageOf(text(`${AGENT}.image`));
  return unlessDefault(
    {
      name: "datadog-agent",
      region: mayBeSecret(taskDefinitionArn) ? undefined : taskDefinitionArn.split(":")[3],
      host: hostName,
      launchType: text("requiresCompatibilities") === "EXTERNAL" ? "EXTERNAL" : "EC2",
      site: siteOf(text(variablePath("DD_SITE"))),
      apiKey: apiKeyOf(text(`${AGENT}.secrets.DD_API_KEY`)),
      tags: tagsOf(text(variablePath("DD_TAGS"))),
      features: togglesOf(features, image, there),
      image,
      // ECS has no limit of CPU where none is said, and leaves the memory to the task.
      cpu: number(`${AGENT}.cpu`) ?? number("cpu") ?? 0,
      memoryMiB: number(`${AGENT}.memory`) ?? number("memory"),
      healthCheck: healthCheckOf(there),
      family: text("family"),
      placementConstraints: constraintsOf(there, osTypeConstraint(host).expression),
      resourceTags: namedBelow(there, "tags."),
      taskRoleArn: text("taskRoleArn"),
      executionRoleArn: text("executionRoleArn"),
    },
    { ...DEFAULTS, cpu: host.cpu, memoryMiB: host.memoryMiB },
  );
}

/** A copy without what is as it is by default, maps of keys included. */
function unlessDefault(given: Entry, defaults: Entry): Entry {
  const parts = Object.entries(given).map(([key, value]): [string, unknown] => {
    const fallback = defaults[key];
    if (value === fallback) return [key, undefined];
    const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isMap) return [key, Array.isArray(value) && value.length === 0 ? undefined : value];
    const rest = key === "features" ? value : unlessDefault({ ...value }, { ...(fallback as object | undefined) });
    return [key, Object.keys(rest).length === 0 ? undefined : rest];
  });
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

/** A site that isn't known is a variable like any other. */
function siteOf(site: string | undefined): string | undefined {
  return settingsSchema.shape.site.safeParse(site).success ? site : undefined;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function apiKeyOf(valueFrom: string | undefined): Entry | undefined {
  if (valueFrom === undefined) return undefined;
  if (!valueFrom.startsWith("arn:") || valueFrom.split(":")[2] !== "secretsmanager")
    return { ssmParameterArn: valueFrom };
  const parts = valueFrom.split(":");
  const [jsonKey, versionStage, versionId] = parts.slice(7).map((part) => part || undefined);
  // There is no key for a single version: the ARN takes it.
  if (versionId !== undefined) return { secretsManagerArn: valueFrom };
  return { secretsManagerArn: parts.slice(0, 7).join(":"), jsonKey, versionStage };
}

/** The tags, where each has a key and there is one of each; else the list remains a variable. */
function tagsOf(list: string | undefined): Entry | undefined {
  const tags = (list ?? "").split(/\s+/).filter(Boolean);
  const pairs = tags.map((tag) => [tag.slice(0, tag.indexOf(":")), tag.slice(tag.indexOf(":") + 1)] as const);
  const isRight = tags.every((tag) => tag.indexOf(":") > 0) && new Set(pairs.map(([key]) => key)).size === pairs.length;
  return isRight ? Object.fromEntries(pairs) : undefined;
}

/** @see lib/core/image.ts for how a tag has its flavor */
function imageOf(reference: string | undefined): Partial<Image> | undefined {
  const [, repository, tag, digest] = /^(.+?)(?::(\w[\w.-]*))?(?:@(.+))?$/.exec(reference ?? "") ?? [];
  if (repository === undefined) return undefined;
  if (digest !== undefined) return { repository, digest };
  const [, version = "", suffix = ""] = /^(.+?)-((?:full|fips|jmx)(?:-jmx)?)$/.exec(tag ?? "") ?? [];
  const flavor = FLAVORS.find((each) => each === suffix);
  const flavored = { repository, tag: version, flavor };
  return flavor !== undefined && imageReference(flavored) === reference
    ? flavored
    : { repository, tag: tag ?? "latest" };
}

/** Every feature that is on, and as off those that are named to be or might be on by themselves. */
function togglesOf(features: readonly RecognizedFeature[], image: Partial<Image> | undefined, there: Facts): Entry {
  const on = new Map(features.map(({ name, options }) => [name, Object.keys(options).length === 0 || options]));
  const off = namedOff(there);
  const toggles = Object.entries(registry as Registry).map(([name, { imageFlavor, onByDefault }]): [string, Toggle] => {
    if (imageFlavor !== undefined) return [name, hasFlavor({ flavor: image?.flavor }, imageFlavor)];
    return [name, on.get(name) ?? (onByDefault === true || off.includes(name) ? false : undefined)];
  });
  return Object.fromEntries(toggles.filter(([, toggle]) => toggle !== undefined));
}

function healthCheckOf(there: Facts): Entry | false {
  const at = (key: string) => Number(there.get(`${AGENT}.healthCheck.${key}`)?.text);
  if (!there.has(`${AGENT}.healthCheck.command`)) return false;
  return {
    intervalSeconds: at("interval"),
    timeoutSeconds: at("timeout"),
    retries: at("retries"),
    startPeriodSeconds: at("startPeriod"),
  };
}

/** A definition's constraints have the same effect on the service, and there is a key for those. */
function constraintsOf(there: Facts, osType: string): readonly Entry[] {
  return Object.entries(namedBelow(there, "placementConstraints["))
    .filter(([expression]) => expression !== osType)
    .map(([expression, type]) => ({ type, expression }));
}

/** What is named below a path and is no secret. */
export function namedBelow(facts: Facts, path: string): Readonly<Record<string, string>> {
  const below = [...facts].filter(([at, { secret }]) => at.startsWith(path) && !secret);
  return Object.fromEntries(below.map(([, { name, text }]) => [name, text]));
}
