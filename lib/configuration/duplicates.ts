import { type Path, type Problem, valueAt } from "../core/problem";

/** What there must be once among all entries; paths begin with an entry's index. */

type Raw = Readonly<Record<string, unknown>>;

/** Stacks and modules have a folder each, named like them; file systems may ignore case. */
export function nameProblems(entries: readonly Raw[], label: (index: number) => string): readonly Problem[] {
  const claim = claims(label);
  return entries.flatMap(({ name }, index) =>
    typeof name === "string"
      ? claim(index, name.toLowerCase(), ["name"], (holder) => `must be unique, got the name of ${holder}.`)
      : [],
  );
}

/** A cluster's services need a name each, on all its hosts. What deploys tells clusters of one name apart. */
export function serviceProblems(
  clusters: readonly (readonly Raw[])[],
  label: (index: number) => string,
): readonly Problem[] {
  const claim = claims(label);
  const adopted = adoptions(label);
  return clusters.flatMap((onHosts, index) => {
    const problems = onHosts.flatMap(({ adopt }) => adopted(index, adopt));
    // Another `serviceName` is no way out for a service that is there already.
    if (problems.length > 0) return problems;
    return onHosts.flatMap(({ cluster, region, accountId, provider, serviceName = "datadog-agent" }) =>
      typeof cluster === "string" && typeof serviceName === "string"
        ? claim(
            index,
            JSON.stringify([accountId, provider, region, cluster, serviceName]),
            [],
            (holder) =>
              `must have a service of its own in its ECS cluster, got ${JSON.stringify(serviceName)} like ${holder}. Give it another \`serviceName\`.`,
          )
        : [],
    );
  });
}

/** What two clusters took over would be in two places of Terraform's state, each of which replaces and destroys it. */
const ADOPTED_ONCE = {
  serviceArn: (holder: string) => `the service of ${holder}. Take it out of one of them.`,
  taskDefinitionArn: (holder: string) =>
    `the task definition of ${holder}. Leave it out of both, and the former revisions stay.`,
};

function adoptions(label: (index: number) => string) {
  const claim = claims(label);
  return (index: number, adopt: unknown): Problem[] =>
    Object.entries(ADOPTED_ONCE).flatMap(([key, got]) => {
      const arn = valueAt(adopt, [key]);
      if (typeof arn !== "string") return [];
      return claim(
        index,
        arn,
        ["adopt", key],
        (holder) => `must be taken over by one cluster alone, got ${got(holder)}`,
      );
    });
}

/** Keeps who came first with a key, and refuses the others. */
function claims(label: (index: number) => string) {
  const holders = new Map<string, number>();
  return (index: number, key: string, path: Path, message: (holder: string) => string): Problem[] => {
    const holder = holders.get(key);
    if (holder !== undefined) return [{ path: [index, ...path], message: message(label(holder)) }];
    holders.set(key, index);
    return [];
  };
}
