import { API_KEY } from "../../core/agent";
import { hasFlavor, type Image } from "../../core/image";
import type { Toggle } from "../../core/toggles";
import { type Facts, isPlaceholder, parameterArn } from "./facts";
import { AGENT, TAGS } from "./paths";
import { explicitlyOff } from "./features";
import { IMAGE, imageOf } from "./image";
import { mayBeSecret } from "./secrets";
import type { Found } from "./settings";
import type { Source } from "./source";
import { namedBelow } from "./view";

/**
 * Readers for settings without a template, or whose value also depends on features; see `inCode` in their declarations.
 * `environment`, `environmentOverrides` and `networkMode` are derived at the end, from what the other settings don't
 * reproduce.
 */
export const customReaders: Readonly<Record<string, (source: Source) => Found>> = {
  region: ({ definition: { taskDefinitionArn = "" } }) => ({
    value: mayBeSecret(taskDefinitionArn) ? undefined : taskDefinitionArn.split(":")[3],
    factOf: () => undefined,
  }),
  adopt: ({ service }) => ({
    value: service && { serviceArn: service.serviceArn },
    factOf: () => undefined,
  }),
  host: ({ hostName }) => ({ value: hostName, factOf: () => undefined }),
  apiKey: ({ original, definition }) =>
    oneFact(original, `${AGENT}.secrets.${API_KEY}`, (valueFrom) => apiKeyOf(parameterArn(valueFrom, definition))),
  image: ({ original }) => oneFact(original, IMAGE, imageOf),
  taskRoleArn: ({ original }) => oneFact(original, "taskRoleArn", (arn) => arn),
  executionRoleArn: ({ original }) => oneFact(original, "executionRoleArn", (arn) => arn),
  resourceTags: ({ original }) => ({
    value: namedBelow(original, TAGS),
    factOf: ([key]) => (key === undefined ? undefined : `${TAGS}${key}`),
  }),
  features: (source) => ({ value: togglesOf(source), factOf: () => undefined }),
};

/** Reads a value from one fact, unless it may be a secret or is a placeholder. */
function oneFact(facts: Facts, path: string, read: (text: string) => unknown): Found {
  const { text, secret = true } = facts.get(path) ?? {};
  return { value: secret || text === undefined || isPlaceholder(text) ? undefined : read(text), factOf: () => path };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function apiKeyOf(valueFrom: string): object {
  if (!valueFrom.startsWith("arn:") || valueFrom.split(":")[2] !== "secretsmanager") return { ssmParameter: valueFrom };
  const parts = valueFrom.split(":");
  const [jsonKey, versionStage, versionId] = parts.slice(7).map((part) => part || undefined);
  // `apiKey` has no key for a version ID, so it stays in the ARN.
  if (versionId !== undefined) return { secretsManagerArn: valueFrom };
  return { secretsManagerArn: parts.slice(0, 7).join(":"), jsonKey, versionStage };
}

/** The enabled features, and as false those that are explicitly off or would be on by default. */
function togglesOf({ catalog, features, original }: Source): object {
  const on = new Map(features.map(({ name, options }) => [name, Object.keys(options).length === 0 || options]));
  const off = explicitlyOff(catalog, original);
  const image = oneFact(original, IMAGE, imageOf).value as Partial<Image> | undefined;
  const toggles = Object.entries(catalog.features).map(([name, { imageFlavor, onByDefault }]): [string, Toggle] => {
    if (imageFlavor !== undefined) return [name, hasFlavor({ flavor: image?.flavor }, imageFlavor)];
    return [name, on.get(name) ?? (onByDefault === true || off.includes(name) ? false : undefined)];
  });
  return Object.fromEntries(toggles.filter(([, toggle]) => toggle !== undefined));
}
