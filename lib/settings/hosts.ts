import * as z from "zod";
import { oneOf } from "../core/schema";
import { defineSetting, type Registries } from "../core/setting";

export const hosts = defineSetting({
  summary:
    "Instead of `host`, for clusters with several operating systems: one daemon for each. A setting that only some of them support applies to those",
  of: "cluster",
  schema: hostList,
  inCode: "it determines the number of daemons in a cluster",
  notImported: "a task definition is for one host",
});

/** One daemon per host. Hosts with the same operating system would get two daemons per instance. */
function hostList({ hosts: registry }: Registries) {
  return z
    .array(oneOf(Object.keys(registry) as [string, ...string[]]))
    .min(1, { error: "must name at least one host" })
    .superRefine((names, context) => {
      for (const [index, name] of names.entries()) {
        const rival = names.slice(0, index).find((other) => registry[other]?.osType === registry[name]?.osType);
        if (rival === undefined) continue;
        const message =
          rival === name
            ? "must be listed only once"
            : `must have another operating system than ${rival}, because two daemons would need the same ports on every instance (add an entry for each, with its own serviceName and placementConstraints)`;
        context.addIssue({ code: "custom", path: [index], message });
      }
    })
    .meta({ uniqueItems: true })
    .optional();
}
