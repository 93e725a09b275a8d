import { contributionOf } from "../../lib/core/feature";
import { processDiscovery } from "../../lib/features/process-discovery";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

describe("processDiscovery", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s detects programs", (_name, host) => {
    expect(contributionOf(processDiscovery, {}, host)).toStrictEqual({
      environment: { DD_PROCESS_CONFIG_PROCESS_DISCOVERY_ENABLED: "true" },
    });
  });

  it("has no options", () => {
    expect(processDiscovery.options.parse({})).toEqual({});
    expect(refusedPaths(processDiscovery.options, { interval: "4h" })).toEqual([""]);
  });

  it("works on all hosts; if not set, the Agent decides", () => {
    expect(needsOf(processDiscovery)).toEqual({
      requires: [],
      leftToAgent: true,
      off: { DD_PROCESS_CONFIG_PROCESS_DISCOVERY_ENABLED: "false" },
    });
  });
});
