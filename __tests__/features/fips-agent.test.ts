import { fipsAgent } from "../../lib/features/fips-agent";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";

describe("fipsAgent", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s is in the image alone", (_name, host) => {
    expect(fipsAgent.on({}, host)).toStrictEqual({});
  });

  it("has no options", () => {
    expect(fipsAgent.options.parse({})).toEqual({});
    expect(refusedPaths(fipsAgent.options, { image: "agent:7-fips" })).toEqual([""]);
  });

  it("needs Linux containers, a government site, Agent 7.65 and its image, and takes the FIPS proxy's place", () => {
    expect(needsOf(fipsAgent)).toEqual({
      requires: ["linux-containers"],
      sites: ["ddog-gov.com", "us2.ddog-gov.com"],
      since: "7.65",
      imageFlavor: "fips",
      replaces: { fipsProxy: "the Agent's own cryptography takes the proxy's place" },
    });
  });

  it("says why other sites can't work", () => {
    expect(fipsAgent.sites?.because).toBe("Datadog supports it on its government sites alone");
  });
});
