import { surroundingsOf } from "../configuration/rules";
import { clusterSchema } from "../configuration/schema";
import { isOn, type Toggle } from "../core/toggles";
import * as registry from "../features";
import { hosts } from "../hosts";
import { accept, type Accepted } from "./accept";
import { factsOfCluster } from "./differences";
import { AGENT, type Facts } from "./facts";
import { agrees, namedOff } from "./features";
import { type Entry, namedBelow } from "./settings";

/** A configuration with what its features leave unexplained, and without what needs no saying. */
export function complete(settings: Entry, there: Facts): Accepted {
  const explained = accept(settings);
  const whole = accept({ ...explained.entry, ...unexplained(explained, there) });
  const short = accept(inOrder({ ...whole.entry, features: neededToggles(whole, there) }));
  return { ...short, refusals: [...explained.refusals, ...whole.refusals, ...short.refusals] };
}

/** What there are keys for, beside the features. */
function unexplained({ cluster }: Accepted, there: Facts): Entry {
  const here = factsOfCluster(cluster);
  const rest = new Map(
    [...there].filter(([path, fact]) => {
      const ours = here.get(path);
      return ours === undefined || !agrees(ours, fact);
    }),
  );
  const environment = namedBelow(rest, `${AGENT}.environment.`);
  const capabilities = Object.keys(namedBelow(rest, `${AGENT}.linuxParameters.capabilities.add.`));
  const { secret = true, text: networkMode } = rest.get("networkMode") ?? {};
  return {
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(capabilities.length > 0 && { capabilities }),
    // The host's own is what comes out where nothing needs another one.
    ...(!secret && networkMode !== hosts[cluster.host].networkMode && { networkMode }),
  };
}

/** In the order of the README, and without lists and maps of which everything was refused. */
function inOrder(entry: Entry): Entry {
  const keys = Object.keys(clusterSchema.shape).filter((key) => {
    const value = entry[key];
    return value !== undefined && (typeof value !== "object" || Object.keys(value ?? {}).length > 0);
  });
  return Object.fromEntries(keys.map((key) => [key, entry[key]]));
}

/** The toggles that make a difference. */
function neededToggles({ entry, cluster }: Accepted, there: Facts): Entry {
  const surroundings = surroundingsOf(cluster);
  const off = namedOff(there);
  const toggles = Object.entries((entry.features ?? {}) as Record<string, Toggle>);
  return toggles.reduce<Record<string, Toggle>>((all, [name, toggle]) => {
    const { [name]: _toggle, ...others } = all;
    const isOnAnyway = isOn(registry, name, others, surroundings);
    if (typeof toggle === "object" && Object.keys(toggle).length > 0) return all;
    if (toggle === false) return isOnAnyway || off.includes(name) ? all : others;
    return isOnAnyway ? others : { ...all, [name]: true };
  }, Object.fromEntries(toggles));
}
