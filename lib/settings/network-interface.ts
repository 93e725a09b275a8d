import type { Rule } from "../core/rule";
import { empty, equals, or } from "../core/term";

/** For settings of the network interface, which a task has only in network mode awsvpc. */
export function awsvpcOnly(key: string): Rule {
  return {
    at: key,
    holds: or(empty(key), equals("networkMode", "awsvpc")),
    must: "needs `networkMode` awsvpc, got {networkMode}: in other modes the task uses the instance's network.",
  };
}
