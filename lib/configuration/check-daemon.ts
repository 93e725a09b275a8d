import { agentTask } from "../core/agent-task";
import { type Catalog, catalogOf } from "../core/catalog";
import type { Feature } from "../core/feature";
import { ConfigurationError, describe } from "../core/problem";
import { coded } from "../core/problem-codes";
import { apiKeySource } from "./api-key";
import { check } from "./check";
import type { DatadogAgentDaemonProps } from "./interfaces";
import { Checked, type Daemon } from "./types";

/** A custom feature. */
export interface ExtraFeature {
  /** Its key in `features` and in messages. */
  readonly name: string;
  /** The feature, as returned by `defineFeature`. */
  readonly feature: Feature;
  /** Its options. By default those of its schema. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** The props of the construct, with custom features. */
export interface ExtendedProps extends DatadogAgentDaemonProps {
  /** Custom features, which are on. @default [] */
  readonly extend?: readonly ExtraFeature[];
}

/**
 * Checks the props of the construct.
 * @param heading the construct that has the problems
 * @throws ConfigurationError with all problems at once
 */
export function checkDaemon(
  catalog: Catalog,
  { extend = [], ...props }: ExtendedProps,
  heading: string,
): Checked<Daemon> {
  const extended = extend.length === 0 ? catalog : extendedBy(catalog, extend, heading);
  const toggles = Object.fromEntries(extend.map(({ name, options }) => [name, options ?? true]));
  const features = extend.length === 0 ? {} : { features: { ...toggles, ...props.features } };
  const result = check<Daemon>(extended, extended.schemas.daemon, { ...props, ...features });
  if (result.problems) throw new ConfigurationError(heading, result.problems);
  const apiKey = apiKeySource(result.value.apiKey);
  const task = agentTask(extended, result.value, apiKey);
  if (task.problems.length > 0) throw new ConfigurationError(heading, coded("invalid-task", task.problems));
  return new Checked(extended, result.value, task, apiKey);
}

function extendedBy(catalog: Catalog, extend: readonly ExtraFeature[], heading: string): Catalog {
  const taken = extend.flatMap(({ name }, index) => {
    const problem = nameProblem(catalog, extend.slice(0, index), name);
    return problem === undefined
      ? []
      : [{ code: "invalid-value" as const, path: ["extend", index, "name"], message: `${problem} Use another name.` }];
  });
  if (taken.length > 0) throw new ConfigurationError(heading, taken);
  const extra = Object.fromEntries(extend.map(({ name, feature }) => [name, feature]));
  return catalogOf({ ...catalog, features: { ...catalog.features, ...extra } });
}

function nameProblem(catalog: Catalog, before: readonly ExtraFeature[], name: string): string | undefined {
  if (!/^[A-Za-z]\w*$/.test(name))
    return `must be letters, digits and _, starting with a letter, got ${describe(name)}.`;
  if (Object.hasOwn(catalog.features, name)) return `${describe(name)} is already a feature of this package.`;
  return before.some((other) => other.name === name)
    ? `${describe(name)} is already used by another feature in this list.`
    : undefined;
}
