import fc from "fast-check";
import { agentBase } from "../../lib/core/agent";
import { assemble, type Contributor } from "../../lib/core/assemble";
import { contributionOf } from "../../lib/core/feature";
import type { Features } from "../../lib/core/toggles";
import * as registry from "../../lib/features";
import { HOST_NAMES, hosts } from "../../lib/hosts";
import { everyOption } from "../support/options";
import { API_KEY_ARN } from "../support/task";

describe("assembling", () => {
  it.each(HOST_NAMES)("is independent of the order of contributors on %s", (hostName) => {
    const host = hosts[hostName];
    const base = agentBase({ arn: API_KEY_ARN }, host);
    const contributors: Contributor[] = [
      { source: "agent", contribution: base },
      ...Object.entries(registry as Features)
        .filter(([, { requires }]) => requires.every((trait) => host.traits.includes(trait)))
        .map(([name, feature]) => ({
          source: `features.${name}`,
          contribution: contributionOf(feature, everyOption(feature), host),
        })),
    ];
    const written = (inThisOrder: readonly Contributor[]) =>
      JSON.stringify(
        assemble({
          host,
          networkMode: host.networkMode,
          image: "agent:7",
          container: {},
          task: { family: "agent" },
          off: {},
          contributors: inThisOrder,
          environment: {},
        }),
      );
    const shuffled = fc.shuffledSubarray(contributors, { minLength: contributors.length });
    fc.assert(fc.property(shuffled, (inAnyOrder) => expect(written(inAnyOrder)).toBe(written(contributors))));
  });
});
