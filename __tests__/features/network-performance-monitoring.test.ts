import { networkPerformanceMonitoring } from "../../lib/features/network-performance-monitoring";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { SYSTEM_PROBE } from "../support/system-probe";

describe("networkPerformanceMonitoring", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s turns the system probe on and gives it what it needs of the kernel", (_name, host) => {
    expect(networkPerformanceMonitoring.on({}, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_ENABLED: "true", DD_SYSTEM_PROBE_NETWORK_ENABLED: "true" },
    });
  });

  it("has no options", () => {
    expect(networkPerformanceMonitoring.options.parse({})).toEqual({});
    expect(refusedPaths(networkPerformanceMonitoring.options, { dns: true })).toEqual([""]);
  });

  it("needs a Linux kernel and EC2, and is never on by itself", () => {
    expect(needsOf(networkPerformanceMonitoring)).toEqual({ requires: ["linux-kernel"], launchTypes: ["EC2"] });
    expect(networkPerformanceMonitoring.launchTypes?.because).toBe(
      "Datadog supports the system probe on EC2 instances only",
    );
  });
});
