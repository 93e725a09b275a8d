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
  ])("on %s takes settings from Datadog", (_name, host) => {
    expect(remoteConfiguration.on({}, host)).toStrictEqual({
      environment: { DD_REMOTE_CONFIGURATION_ENABLED: "true" },
    });
  });

  it("has no options", () => {
    expect(remoteConfiguration.options.parse({})).toEqual({});
    expect(refusedPaths(remoteConfiguration.options, { key: "x" })).toEqual([""]);
  });

  it("works everywhere from Agent 7.41 on; left open it is the Agent's to decide, off it is turned off", () => {
    expect(needsOf(remoteConfiguration)).toEqual({
      requires: [],
      since: "7.41",
      leftToAgent: true,
      off: { DD_REMOTE_CONFIGURATION_ENABLED: "false" },
    });
  });
});
