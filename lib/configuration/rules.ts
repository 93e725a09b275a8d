import { API_KEY } from "../agent";
import type { Feature } from "../core/feature";
import { FLAVORED_TAG } from "../core/image";
import {
  FEATURE_CHECKS,
  isOn,
  optionsOf,
  plainTag,
  type Registry,
  type Surroundings,
  type Toggle,
} from "../core/toggles";
import { HOST_TRAITS } from "../core/host";
import { list, type Path, type Problem } from "../core/problem";
import * as registry from "../features";
import { hosts } from "../hosts";
import { type Adopt, ADOPT_RULES } from "./adopt";
import { backendProblems } from "./backend";
import type { Settings } from "./schema";

/** What must hold between the keys of a configuration. */
interface Rule {
  /** The paths that it reads. Where the schema already refuses one of them, the rule stays silent. */
  readonly reads: readonly Path[];
  problems(
    settings: Settings & {
      readonly apiKey?: Readonly<Record<string, unknown>> | undefined;
      readonly backend?: Readonly<Record<string, unknown>> | undefined;
      readonly cluster?: string | undefined;
      readonly adopt?: Adopt | undefined;
    },
  ): readonly Problem[];
}

const problemIf = (wrong: boolean, path: Path, message: string): Problem[] => (wrong ? [{ path, message }] : []);

export function surroundingsOf({
  host,
  launchType,
  site,
  networkMode,
  image,
}: Pick<Settings, "host" | "launchType" | "site" | "networkMode" | "image">): Surroundings {
  return { hostName: host, host: hosts[host], launchType, site, networkMode, image };
}

/** What decides whether a feature that is left open is on. */
const ON_BY_DEFAULT_READS = ["host", "site", "image"] as const;

/** Where a feature is left open, those that stand in for it decide, too. */
function replacersOf(name: string): readonly string[] {
  return Object.entries(registry as Registry)
    .filter(([, { replaces = {} }]) => name in replaces)
    .map(([other]) => other);
}

/** A feature against its surroundings; a rule for each check, so that no mistake hides another. */
const featureRules = Object.entries(registry as Registry).flatMap(([name, feature]) =>
  FEATURE_CHECKS.map(({ reads, problems }): Rule => ({
    reads: [
      ...[name, ...replacersOf(name)].map((each) => ["features", each]),
      ...[...reads, ...(feature.onByDefault || feature.imageFlavor ? ON_BY_DEFAULT_READS : [])].map((key) => [key]),
    ],
    problems: (settings) => {
      const { features } = settings;
      const toggle = features[name as keyof typeof features];
      // Most rules of most clusters end here, for want of the feature.
      if (toggle === false) return [];
      const surroundings = surroundingsOf(settings);
      if (!isOn(registry, name, features, surroundings)) return [];
      return problems({ name, feature, options: optionsOf(feature, toggle) }, surroundings).map((problem) =>
        toggle === undefined ? asDefault(name, feature, reads, problem) : problem,
      );
    },
  })),
);

/** A feature that is on by itself has no place in the file: the problem stands at the key that rules it out. */
function asDefault(name: string, { imageFlavor }: Feature, reads: readonly string[], { message }: Problem): Problem {
  const where = imageFlavor === undefined ? "on this site" : "with this flavor of the image";
  return {
    path: [...reads],
    message: `must suit features.${name}, which is on by default ${where} and ${message}`,
  };
}

/** Features against each other: which of them can't be on together, and which single options need another one. */
const pairRules = Object.entries(registry as Registry).flatMap(
  ([name, { excludes = {}, replaces = {}, optionNeeds = {} }]): Rule[] => [
    ...Object.entries({ ...excludes, ...replaces }).map(([other, because]) =>
      pairRule(name, other, (both) =>
        problemIf(
          both,
          ["features", name],
          `${cannotBeBeside(`features.${other}`, because)} Set one of them to false.`,
        ),
      ),
    ),
    ...Object.entries(optionNeeds).map(([option, other = ""]): Rule => ({
      reads: [["features", name], ["features", other], ["host"], ["site"], ["image"]],
      problems: ({ features, ...settings }) => {
        const toggle = (features as Readonly<Record<string, Toggle>>)[name];
        const asked = typeof toggle === "object" && Boolean(toggle[option]);
        return problemIf(
          asked && !isOn(registry, other, features, surroundingsOf(settings)),
          ["features", name, option],
          `needs features.${other}, which is off. Turn it on, or leave this out.`,
        );
      },
    })),
  ],
);

function pairRule(name: string, other: string, problems: (both: boolean) => readonly Problem[]): Rule {
  return {
    reads: [["features", name], ["features", other], ["host"], ["site"], ["image"]],
    problems: ({ features, ...settings }) => {
      const surroundings = surroundingsOf(settings);
      return problems([name, other].every((each) => isOn(registry, each, features, surroundings)));
    },
  };
}

/** Words that the module's message shares. */
export const cannotBeBeside = (other: string, because: string) => `must be off beside ${other}: ${because}.`;

const API_KEY_SOURCES = ["secretsManagerArn", "ssmParameterArn", "createSecret", "sensitiveVariable"];

/** The sources of the API key that each of its details makes sense with. */
const API_KEY_DETAILS = {
  jsonKey: ["secretsManagerArn", "createSecret"],
  versionStage: ["secretsManagerArn", "createSecret"],
  kmsKeyArn: ["secretsManagerArn", "ssmParameterArn"],
};

const RULES: readonly Rule[] = [
  ...featureRules,
  ...pairRules,
  {
    reads: [["image"]],
    problems: ({ image: { tag, flavor, digest } }) => [
      ...problemIf(
        flavor !== undefined && digest !== undefined,
        ["image", "flavor"],
        "must be left out when image.digest is given: the digest takes the place of the tag and its flavor.",
      ),
      ...problemIf(
        flavor !== undefined && FLAVORED_TAG.test(tag),
        ["image", "tag"],
        `${plainTag("image.flavor")}, got ${JSON.stringify(tag)}.`,
      ),
    ],
  },
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
    reads: [["backend"]],
    problems: ({ backend }) =>
      backend === undefined
        ? []
        : backendProblems(backend).map(({ path, message }) => ({ path: ["backend", ...path], message })),
  },
  ...ADOPT_RULES,
  {
    reads: [["createdRoles"], ["taskRoleArn"], ["executionRoleArn"]],
    problems: ({ createdRoles, taskRoleArn, executionRoleArn }) =>
      problemIf(
        Object.keys(createdRoles).length > 0 && taskRoleArn !== undefined && executionRoleArn !== undefined,
        ["createdRoles"],
        "must be left out when taskRoleArn and executionRoleArn are given: no role is created.",
      ),
  },
  ...(["task", "execution"] as const).map((id): Rule => ({
    reads: [["createdRoles"], [`${id}RoleArn`]],
    problems: ({ createdRoles, [`${id}RoleArn` as const]: given }) =>
      problemIf(
        given !== undefined && createdRoles[`${id}RoleName`] !== undefined,
        ["createdRoles", `${id}RoleName`],
        `must be left out when ${id}RoleArn is given: that role is not created.`,
      ),
  })),
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
    reads: [["capabilities"], ["host"]],
    problems: ({ capabilities, host }) =>
      problemIf(
        capabilities.length > 0 && !hosts[host].traits.includes("linux-containers"),
        ["capabilities"],
        `must be left out on the host ${host}: it needs a host that ${HOST_TRAITS["linux-containers"]}.`,
      ),
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
  if (unknown.length === 0) return RULES.flatMap((rule) => rule.problems(settings));
  const judgeable = RULES.filter(({ reads }) => !reads.some((read) => unknown.some((path) => overlap(read, path))));
  return judgeable.flatMap((rule) => rule.problems(settings));
}

/** Whether one path leads to, or through, the other. */
function overlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((key, index) => key === b[index]);
}
