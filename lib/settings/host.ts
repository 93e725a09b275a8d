import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";

export const host = defineSetting({
  summary: "Operating system of the container instances",
  of: "daemon",
  schema: ({ hosts }) => oneOf(Object.keys(hosts) as [string, ...string[]]).default("linux"),
  inCode: "it selects the facts about the host that all outputs use",
  module: { none: "a module is for one host", entry: true },
});
