import { NETWORK_MODES } from "../core/ecs";
import { oneOf } from "../core/schema";
import { defineSetting } from "../core/setting";
import { and, empty, equals, implies, not } from "../core/term";

export const networkMode = defineSetting({
  summary: "Network mode of the task; by default the host's, or the first one that all features support",
  of: "daemon",
  schema: oneOf(NETWORK_MODES).optional(),
  valuesOn: ({ networkModes }) => networkModes,
  rules: [
    {
      at: "networkMode",
      holds: not(and(equals("networkMode", "awsvpc"), equals("launchType", "EXTERNAL"))),
      must: "can't be awsvpc with `launchType` EXTERNAL: instances outside AWS have no elastic network interfaces.",
    },
    {
      at: "networkMode",
      holds: implies(equals("networkMode", "awsvpc"), not(empty("subnets"))),
      must: "needs `subnets` when it is awsvpc. Add the subnet IDs, or use another network mode.",
    },
  ],
  inCode: "features can require one",
  module: { nullable: true },
});
