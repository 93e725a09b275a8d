import { contributionOf } from "../../lib/core/feature";
import { networkPath } from "../../lib/features/network-path";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { SYSTEM_PROBE } from "../support/system-probe";

describe("networkPath", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s traces paths with the system probe", (_name, host) => {
    expect(contributionOf(networkPath, { monitorConnections: false, workers: 4 }, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: {
        DD_TRACEROUTE_ENABLED: "true",
        DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: "false",
        DD_NETWORK_PATH_COLLECTOR_WORKERS: "4",
      },
    });
  });

  it("can trace connection paths, with a number of workers", () => {
    expect(contributionOf(networkPath, { monitorConnections: true, workers: 16 }, linux).environment).toEqual({
      DD_TRACEROUTE_ENABLED: "true",
      DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: "true",
      DD_NETWORK_PATH_COLLECTOR_WORKERS: "16",
    });
  });

  it("traces no connections and has the Agent's 4 workers by default", () => {
    expect(networkPath.options.parse({})).toEqual({ monitorConnections: false, workers: 4 });
  });

  it.each([
    [{ enabled: true }, ""],
    [{ monitorConnections: "true" }, "monitorConnections"],
    [{ workers: 0 }, "workers"],
    [{ workers: 1001 }, "workers"],
    [{ workers: 1.5 }, "workers"],
    [{ workers: "4" }, "workers"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(networkPath.options, options)).toEqual([path]);
  });

  it.each([{ workers: 1 }, { workers: 1000 }])("accepts the options %j", (options) => {
    expect(networkPath.options.parse(options)).toEqual({ monitorConnections: false, ...options });
  });

  it("accepts workers only with connection paths", () => {
    expect(optionProblems(networkPath, { monitorConnections: false, workers: 4 })).toEqual([]);
    expect(optionProblems(networkPath, { monitorConnections: true, workers: 16 })).toEqual([]);
    expect(optionProblems(networkPath, { monitorConnections: false, workers: 16 })).toEqual([
      {
        path: ["workers"],
        message: "needs `monitorConnections`: the workers trace the paths of connections only.",
      },
    ]);
  });

  it("needs a Linux kernel, EC2 and Agent 7.59; connections need a newer Agent and networkPerformanceMonitoring", () => {
    expect(needsOf(networkPath)).toEqual({
      requires: ["linux-kernel"],
      launchTypes: ["EC2"],
      since: "7.59",
      optionSince: { monitorConnections: "7.73" },
      optionNeeds: { monitorConnections: "networkPerformanceMonitoring" },
    });
  });
});
