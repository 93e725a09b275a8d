import { contributionOf } from "../../lib/core/feature";
import { fipsAgent } from "../../lib/features/fips-agent";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";

describe("fipsAgent", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s changes only the image", (_name, host) => {
    expect(contributionOf(fipsAgent, {}, host)).toStrictEqual({});
  });

  it("has no options", () => {
    expect(fipsAgent.options.parse({})).toEqual({});
    expect(refusedPaths(fipsAgent.options, { image: "agent:7-fips" })).toEqual([""]);
  });

  it("needs Linux containers, a government site, Agent 7.65 and its image flavor, and replaces the FIPS proxy", () => {
    expect(needsOf(fipsAgent)).toEqual({
      requires: ["linux-containers"],
      sites: ["ddog-gov.com", "us2.ddog-gov.com"],
      since: "7.65",
      imageFlavor: "fips",
      replaces: { fipsProxy: "the FIPS Agent replaces the proxy" },
    });
  });

  it("explains why other sites don't work", () => {
    expect(fipsAgent.sites?.because).toBe("Datadog supports it only on its government sites");
  });
});
