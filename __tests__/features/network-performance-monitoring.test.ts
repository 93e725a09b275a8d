import { contributionOf } from "../../lib/core/feature";
import { networkPerformanceMonitoring } from "../../lib/features/network-performance-monitoring";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { SYSTEM_PROBE } from "../support/system-probe";

describe("networkPerformanceMonitoring", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s turns the system probe on with its kernel access", (_name, host) => {
    expect(contributionOf(networkPerformanceMonitoring, {}, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_ENABLED: "true", DD_SYSTEM_PROBE_NETWORK_ENABLED: "true" },
    });
  });

  it.each([
    [{ dnsStatistics: false }, { DD_COLLECT_DNS_STATS: "false" }],
    [
      { dnsStatistics: true, directSend: true },
      { DD_COLLECT_DNS_STATS: "true", DD_NETWORK_CONFIG_DIRECT_SEND: "true" },
    ],
    [{ directSend: false }, { DD_NETWORK_CONFIG_DIRECT_SEND: "false" }],
  ])("sets %j, which the Agent decides otherwise", (options, environment) => {
    expect(contributionOf(networkPerformanceMonitoring, options, linux).environment).toEqual({
      DD_SYSTEM_PROBE_ENABLED: "true",
      DD_SYSTEM_PROBE_NETWORK_ENABLED: "true",
      ...environment,
    });
  });

  it("sets nothing by default", () => {
    expect(networkPerformanceMonitoring.options.parse({})).toEqual({});
    expect(refusedPaths(networkPerformanceMonitoring.options, { dns: true })).toEqual([""]);
  });

  it("needs a Linux kernel and EC2, and is off by default", () => {
    expect(needsOf(networkPerformanceMonitoring)).toEqual({
      requires: ["linux-kernel"],
      launchTypes: ["EC2"],
      optionSince: { directSend: "7.81" },
    });
    expect(networkPerformanceMonitoring.launchTypes?.because).toBe(
      "Datadog supports the system probe on EC2 instances only",
    );
  });
});
