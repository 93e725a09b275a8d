import { contributionOf } from "../../lib/core/feature";
import { oomKill } from "../../lib/features/oom-kill";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { MODULES, SRC, SYSTEM_PROBE } from "../support/system-probe";

describe("oomKill", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s mounts kernel headers and modules", (_name, host) => {
    expect(contributionOf(oomKill, {}, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_OOM_KILL: "true" },
      mounts: [...SYSTEM_PROBE.mounts, MODULES, SRC],
    });
  });

  it("has no options", () => {
    expect(oomKill.options.parse({})).toEqual({});
    expect(refusedPaths(oomKill.options, { events: true })).toEqual([""]);
  });

  it("needs a Linux kernel and EC2", () => {
    expect(needsOf(oomKill)).toEqual({ requires: ["linux-kernel"], launchTypes: ["EC2"] });
  });
});
