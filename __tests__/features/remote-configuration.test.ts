import { contributionOf } from "../../lib/core/feature";
import { COMMERCIAL_SITES } from "../../lib/core/sites";
import { remoteConfiguration } from "../../lib/features/remote-configuration";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

describe("remoteConfiguration", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s receives settings from Datadog", (_name, host) => {
    expect(contributionOf(remoteConfiguration, {}, host)).toStrictEqual({
      environment: { DD_REMOTE_CONFIGURATION_ENABLED: "true" },
    });
  });

  it("has no options", () => {
    expect(remoteConfiguration.options.parse({})).toEqual({});
    expect(refusedPaths(remoteConfiguration.options, { key: "x" })).toEqual([""]);
  });

  it("works on commercial sites from Agent 7.41 on; if not set, the Agent decides", () => {
    expect(needsOf(remoteConfiguration)).toEqual({
      requires: [],
      sites: COMMERCIAL_SITES,
      since: "7.41",
      leftToAgent: true,
      off: { DD_REMOTE_CONFIGURATION_ENABLED: "false" },
    });
  });
});
