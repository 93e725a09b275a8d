import { API_KEY } from "../agent";
import { enabledFeatures, FEATURE_CHECKS, type Registry, type Surroundings } from "../core/toggles";
import { list, type Path, type Problem } from "../core/problem";
import * as registry from "../features";
import { hosts } from "../hosts";
import type { Settings } from "./schema";

/** What must hold between the keys of a configuration. */
interface Rule {
  /** The paths that it reads. Where the schema already refuses one of them, the rule stays silent. */
  readonly reads: readonly Path[];
  problems(
    settings: Settings & { readonly apiKey?: Readonly<Record<string, unknown>> | undefined },
  ): readonly Problem[];
}

const problemIf = (wrong: boolean, path: Path, message: string): Problem[] => (wrong ? [{ path, message }] : []);

export function surroundingsOf({ host, launchType, site, networkMode }: Settings): Surroundings {
  return { hostName: host, host: hosts[host], launchType, site, networkMode };
}

/** What decides whether a feature that is left open is on. */
const ON_BY_DEFAULT_READS = ["host", "site"] as const;

/** A feature against its surroundings; a rule for each check, so that no mistake hides another. */
const featureRules = Object.entries(registry as Registry).flatMap(([name, feature]) =>
  FEATURE_CHECKS.map(({ reads, problems }): Rule => ({
    reads: [["features", name], ...[...reads, ...(feature.onByDefault ? ON_BY_DEFAULT_READS : [])].map((key) => [key])],
    problems: ({ features, ...settings }) => {
      const toggle = features[name as keyof typeof features];
      const surroundings = surroundingsOf({ features, ...settings });
      return enabledFeatures({ [name]: feature }, { [name]: toggle }, surroundings)
        .flatMap((enabled) => problems(enabled, surroundings))
        .map((problem) => (toggle === undefined ? asDefault(name, problem) : problem));
    },
  })),
);

/** A feature that is on by itself has no place in the file: the problem stands at the network mode that rules it out. */
function asDefault(name: string, { message }: Problem): Problem {
  return {
    path: ["networkMode"],
    message: `must suit features.${name}, which is on by default on this site and ${message}`,
  };
}

const API_KEY_SOURCES = ["secretsManagerArn", "ssmParameterArn", "createSecret", "sensitiveVariable"];

/** The sources of the API key that each of its details makes sense with. */
const API_KEY_DETAILS = {
  jsonKey: ["secretsManagerArn", "createSecret"],
  versionStage: ["secretsManagerArn", "createSecret"],
  kmsKeyArn: ["secretsManagerArn", "ssmParameterArn"],
};

const RULES: readonly Rule[] = [
  ...featureRules,
  {
    reads: [["networkMode"], ["host"]],
    problems: ({ networkMode, host }) =>
      problemIf(
        networkMode !== undefined && !hosts[host].networkModes.includes(networkMode),
        ["networkMode"],
        `must be ${list(hosts[host].networkModes, "or")} on the host ${host}, got ${networkMode}. Leave it out for the host's own default.`,
      ),
  },
  {
    reads: [["networkMode"], ["launchType"]],
    problems: ({ networkMode, launchType }) =>
      problemIf(
        networkMode === "awsvpc" && launchType === "EXTERNAL",
        ["networkMode"],
        "must not be awsvpc with launchType EXTERNAL: instances outside AWS have no elastic network interfaces.",
      ),
  },
  {
    reads: [["networkMode"], ["subnets"]],
    problems: ({ networkMode, subnets = [] }) =>
      problemIf(
        networkMode === "awsvpc" && subnets.length === 0,
        ["networkMode"],
        "must come with `subnets` when it is awsvpc, got none. Add the IDs of the subnets, or use bridge or host.",
      ),
  },
  ...(["subnets", "securityGroups", "applicationSecurityGroups"] as const).map((key): Rule => ({
    reads: [["networkMode"], [key]],
    problems: ({ networkMode, [key]: ids }) =>
      problemIf(
        ids !== undefined && networkMode !== "awsvpc",
        [key],
        `must be left out unless networkMode is awsvpc, got networkMode ${networkMode ?? "left open"}: in other modes the task has the instance's network.`,
      ),
  })),
  {
    reads: [["apiKey"]],
    problems: ({ apiKey }) => {
      const given = API_KEY_SOURCES.filter((key) => apiKey?.[key] !== undefined);
      return problemIf(
        apiKey !== undefined && given.length !== 1,
        ["apiKey"],
        `must have exactly one of ${list(API_KEY_SOURCES)}, got ${given.length === 0 ? "none" : list(given)}.`,
      );
    },
  },
  ...Object.entries(API_KEY_DETAILS).map(([detail, sources]): Rule => ({
    reads: [["apiKey"]],
    problems: ({ apiKey = {} }) =>
      problemIf(
        apiKey[detail] !== undefined && !sources.some((source) => apiKey[source] !== undefined),
        ["apiKey", detail],
        `must come with ${list(sources, "or")}, got neither.`,
      ),
  })),
  {
    reads: [["apiKey"]],
    problems: ({ apiKey: { secretsManagerArn, jsonKey, versionStage } = {} }) =>
      problemIf(
        String(secretsManagerArn).split(":").length > 7 && (jsonKey ?? versionStage) !== undefined,
        ["apiKey", "secretsManagerArn"],
        "must end with the secret's name when jsonKey or versionStage are given, got more. Leave out what follows the name.",
      ),
  },
  {
    reads: [["createdRoles"], ["taskRoleArn"], ["executionRoleArn"]],
    problems: ({ createdRoles, taskRoleArn, executionRoleArn }) =>
      problemIf(
        Object.keys(createdRoles).length > 0 && taskRoleArn !== undefined && executionRoleArn !== undefined,
        ["createdRoles"],
        "must be left out when taskRoleArn and executionRoleArn are given: no role is created.",
      ),
  },
  {
    reads: [["attachPolicies"], ["taskRoleArn"], ["executionRoleArn"]],
    problems: ({ attachPolicies, taskRoleArn, executionRoleArn }) =>
      problemIf(
        attachPolicies && taskRoleArn === undefined && executionRoleArn === undefined,
        ["attachPolicies"],
        "must come with taskRoleArn or executionRoleArn, got neither: roles that are created have their policies.",
      ),
  },
  {
    reads: [],
    problems: ({ environment }) => [
      ...problemIf(
        API_KEY in environment,
        ["environment", API_KEY],
        "must not be here: `apiKey` gives it to the Agent as a secret, and ECS refuses a variable and a secret of one name.",
      ),
      ...problemIf(
        "DD_HOSTNAME" in environment,
        ["environment", "DD_HOSTNAME"],
        "must not be set: the daemon runs on every instance, and all of them would report as one host. The Agent asks each instance for its own name.",
      ),
    ],
  },
  {
    reads: [["placementConstraints"]],
    problems: ({ placementConstraints }) =>
      placementConstraints.flatMap(({ type, expression }, index) =>
        problemIf(
          (type === "memberOf") !== (expression !== undefined),
          ["placementConstraints", index],
          type === "memberOf"
            ? "must have an `expression` when its type is memberOf, got none."
            : "must have no `expression` when its type is distinctInstance, got one.",
        ),
      ),
  },
];

/** Applies every rule that can be judged although the schema refuses what stands at some paths. */
export function ruleProblems(settings: Parameters<Rule["problems"]>[0], refused: readonly Path[]): readonly Problem[] {
  // Where `hosts` is refused, the host is not known.
  const unknown = refused.map((path) => (path[0] === "hosts" ? ["host"] : path));
  const judgeable = RULES.filter(({ reads }) => !reads.some((read) => unknown.some((path) => overlap(read, path))));
  return judgeable.flatMap((rule) => rule.problems(settings));
}

/** Whether one path leads to, or through, the other. */
function overlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((key, index) => key === b[index]);
}
