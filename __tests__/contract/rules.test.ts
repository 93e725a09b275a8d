import { catalog } from "../../lib/catalog";
import { checkDaemon } from "../../lib/configuration/check-daemon";
import type { DatadogAgentDaemonProps } from "../../lib/configuration/interfaces";
import { parseConfiguration } from "../../lib/configuration/load";
import { ConfigurationError } from "../../lib/core/problem";
import { jsonSchema } from "../../lib/documentation/json-schema";
import { literalsAt } from "./accepted";
import { construct, file } from "./outputs";
import { schemaAt } from "./places";
import { refusalBy } from "./refused";

/** Violates every rule once. Every reader of configurations must report the message of the rule. */

const rules = catalog.rules.map((rule, index) => ({ rule, name: `${index} ${rule.at}: ${rule.must}` }));
const schema = jsonSchema(catalog.schemas.cluster);

/** A rule that allows all values of a setting can't be violated. */
const breakable = rules.filter(({ rule: { at, holds } }) => {
  const { enum: words } = schemaAt(schema, at.split(".")) ?? {};
  return !words?.every((word) => literalsAt(holds, at).includes(word as string));
});

/** The messages of a refused configuration. */
function messagesOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

describe("every rule", () => {
  it.each(breakable)("refuses a cluster: $name", ({ rule }) => {
    const refusal = refusalBy(file, rule);
    const text = JSON.stringify({ clusters: [refusal?.configuration] });
    const messages = messagesOf(() => parseConfiguration(catalog, text, "clusters.yaml"));
    expect(refusal?.messages.length).toBeGreaterThan(0);
    for (const message of refusal?.messages ?? []) expect(messages.join("\n")).toContain(message);
  });

  const isOfProps = ({ rule: { at } }: (typeof rules)[number]) =>
    at === "" || (at.split(".")[0] ?? "") in construct.schema.shape;

  it.each(breakable.filter(isOfProps))("refuses the construct's props: $name", ({ rule }) => {
    const refusal = refusalBy(construct, rule);
    const props = { ...refusal?.configuration } as unknown as DatadogAgentDaemonProps;
    const messages = messagesOf(() => checkDaemon(catalog, props, "props"));
    expect(refusal?.messages.length).toBeGreaterThan(0);
    for (const message of refusal?.messages ?? []) expect(messages.join("\n")).toContain(message);
  });

  const isKey = (path: string) => schemaAt(schema, path.split(".")) !== undefined;
  const named = (must: string, pattern: RegExp) => [...must.matchAll(pattern)].map(([, path = ""]) => path);

  it.each(rules)("has a message and a path: $name", ({ rule: { at, must } }) => {
    expect(must).toMatch(/^(must|can't|needs) [^\n]+\.$/);
    // The last key can be the name of a variable.
    const places = [at, ...named(must, /\{([\w.]+)\}/g)];
    expect(places.filter((path) => !isKey(path) && !isKey(path.split(".").slice(0, -1).join(".")))).toEqual([]);
  });

  it.each(rules)("names existing keys: $name", ({ rule: { at, must } }) => {
    const around = at.split(".").slice(0, -1).join(".");
    const paths = (key: string) => [key, `${around}.${key}`, `${at}.${key}`, `${at}.0.${key}`];
    expect(named(must, /`([a-zA-Z][\w.]*)`/g).filter((key) => !paths(key).some(isKey))).toEqual([]);
  });
});
