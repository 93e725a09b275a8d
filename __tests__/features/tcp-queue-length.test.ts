import { contributionOf } from "../../lib/core/feature";
import { tcpQueueLength } from "../../lib/features/tcp-queue-length";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { MODULES, SRC, SYSTEM_PROBE } from "../support/system-probe";

describe("tcpQueueLength", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s mounts kernel headers and modules", (_name, host) => {
    expect(contributionOf(tcpQueueLength, {}, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_CONFIG_ENABLE_TCP_QUEUE_LENGTH: "true" },
      mounts: [...SYSTEM_PROBE.mounts, MODULES, SRC],
    });
  });

  it("has no options", () => {
    expect(tcpQueueLength.options.parse({})).toEqual({});
    expect(refusedPaths(tcpQueueLength.options, { events: true })).toEqual([""]);
  });

  it("needs a Linux kernel and EC2", () => {
    expect(needsOf(tcpQueueLength)).toEqual({ requires: ["linux-kernel"], launchTypes: ["EC2"] });
  });
});
