import { contributionOf } from "../../lib/core/feature";
import { serviceDiscovery } from "../../lib/features/service-discovery";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { SYSTEM_PROBE } from "../support/system-probe";

describe("serviceDiscovery", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s discovers services among the host's processes", (_name, host) => {
    expect(contributionOf(serviceDiscovery, {}, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_DISCOVERY_ENABLED: "true" },
      pidMode: "host",
    });
  });

  it("has no options", () => {
    expect(serviceDiscovery.options.parse({})).toEqual({});
    expect(refusedPaths(serviceDiscovery.options, { lite: true })).toEqual([""]);
  });

  it("needs a Linux kernel and EC2; if not set, the Agent decides", () => {
    expect(needsOf(serviceDiscovery)).toEqual({
      requires: ["linux-kernel"],
      launchTypes: ["EC2"],
      leftToAgent: true,
      off: { DD_DISCOVERY_ENABLED: "false" },
    });
  });
});
