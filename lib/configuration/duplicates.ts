import { describe, type Path, type Problem, valueAt } from "../core/problem";

/** Checks of what must be unique among all entries. Paths start with the index of the entry. */

type Raw = Readonly<Record<string, unknown>>;

/** Stacks and modules have a folder with their name, and file systems may ignore case. */
export function nameProblems(entries: readonly Raw[], label: (index: number) => string): readonly Problem[] {
  const claim = claims(label);
  return entries.flatMap(({ name }, index) =>
    typeof name === "string"
      ? claim(
          index,
          name.toLowerCase(),
          ["name"],
          (holder) => `${describe(name)} is already used by ${holder} (case is ignored). Set another name.`,
        )
      : [],
  );
}

/**
 * Service names must be unique in an ECS cluster. Region, account and provider distinguish clusters of the same name.
 */
export function serviceProblems(
  clusters: readonly (readonly Raw[])[],
  label: (index: number) => string,
): readonly Problem[] {
  const claim = claims(label);
  const adopted = adoptions(label);
  return clusters.flatMap((onHosts, index) => {
    const problems = onHosts.flatMap(({ adopt }) => adopted(index, adopt));
    // An adopted service exists already, so another `serviceName` wouldn't help.
    if (problems.length > 0) return problems;
    return onHosts.flatMap(({ cluster, region, accountId, provider, serviceName = "datadog-agent" }) =>
      typeof cluster === "string" && typeof serviceName === "string"
        ? claim(
            index,
            JSON.stringify([accountId, provider, region, cluster, serviceName]),
            [],
            (holder) =>
              `service name ${describe(serviceName)} is already used by ${holder} in this ECS cluster. Set another \`serviceName\`.`,
          )
        : [],
    );
  });
}

/** A resource adopted twice would be in the state twice, and each would replace or destroy it. */
const ADOPTED_ONCE = {
  serviceArn: "Remove it from one of them.",
  taskDefinitionArn: "Remove it from both: the previous revisions are kept.",
};

function adoptions(label: (index: number) => string) {
  const claim = claims(label);
  return (index: number, adopt: unknown): Problem[] =>
    Object.entries(ADOPTED_ONCE).flatMap(([key, action]) => {
      const arn = valueAt(adopt, [key]);
      if (typeof arn !== "string") return [];
      return claim(index, arn, ["adopt", key], (holder) => `is already adopted by ${holder}. ${action}`);
    });
}

/** Remembers the first entry with a key, and refuses the others. */
function claims(label: (index: number) => string) {
  const holders = new Map<string, number>();
  return (index: number, key: string, path: Path, message: (holder: string) => string): Problem[] => {
    const holder = holders.get(key);
    if (holder !== undefined) return [{ path: [index, ...path], message: message(label(holder)) }];
    holders.set(key, index);
    return [];
  };
}
