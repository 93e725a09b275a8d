import type { Registries } from "./setting";
import { isOperator, pathsOf, type Term } from "./term";

/**
 * The configuration keys that control each Agent variable, such as `features.logs.collectAll` for
 * `DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL`. An option is named if the variable depends on only that option.
 */
export function ownersOfVariables({
  features,
  settings,
  hosts,
}: Registries): ReadonlyMap<string, readonly [string, ...string[]]> {
  const owners = new Map<string, [string, ...string[]]>();
  const add = (variable: string, key: string) => {
    const known = owners.get(variable);
    if (known === undefined) owners.set(variable, [key]);
    else if (!known.includes(key)) known.push(key);
  };
  for (const [key, { contribution }] of Object.entries(settings)) {
    for (const [variable] of environmentIn(contribution)) add(variable, key);
  }
  for (const [name, feature] of Object.entries(features)) {
    const key = `features.${name}`;
    for (const host of Object.values(hosts)) {
      for (const [variable, value] of environmentIn(feature.on(host))) {
        const options = pathsOf(value).map((path) => path.split(".")[0] ?? "");
        add(variable, optionOf(key, new Set(options)));
      }
    }
    for (const [option, assumed] of Object.entries(feature.optionAssumes ?? {})) {
      for (const variable of Object.keys(assumed ?? {})) add(variable, `${key}.${option}`);
    }
    for (const [option, variables] of Object.entries(feature.contradicts ?? {})) {
      for (const variable of variables ?? []) add(variable, option === "" ? key : `${key}.${option}`);
    }
    for (const variable of Object.keys({ ...feature.off, ...feature.agentDefaults })) {
      if (!owners.has(variable)) add(variable, key);
    }
  }
  return owners;
}

function optionOf(key: string, options: ReadonlySet<string>): string {
  const [option] = options;
  return options.size === 1 ? `${key}.${option}` : key;
}

/** The variables in the template of a contribution, with their terms. */
function environmentIn(contribution: object | undefined): readonly (readonly [string, Term])[] {
  return mapsIn(contribution).flatMap((map) =>
    "environment" in map ? mapsIn(map.environment).flatMap((variables) => Object.entries(variables)) : [],
  ) as (readonly [string, Term])[];
}

/** The maps that a template can evaluate to, under any conditions. */
function mapsIn(template: unknown): readonly object[] {
  if (typeof template !== "object" || template === null) return [];
  if (!isOperator(template)) return [template];
  if (template.$ === "when") return mapsIn(template.then);
  return template.$ === "merge" ? template.maps.flatMap(mapsIn) : [];
}
