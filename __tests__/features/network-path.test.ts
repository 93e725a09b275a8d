import { networkPath } from "../../lib/features/network-path";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { SYSTEM_PROBE } from "../support/system-probe";

describe("networkPath", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s traces paths by the system probe", (_name, host) => {
    expect(networkPath.on({ monitorConnections: false, workers: 4 }, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: {
        DD_TRACEROUTE_ENABLED: "true",
        DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: "false",
        DD_NETWORK_PATH_COLLECTOR_WORKERS: "4",
      },
    });
  });

  it("traces the paths of connections too, as many at a time as are wanted", () => {
    expect(networkPath.on({ monitorConnections: true, workers: 16 }, linux).environment).toEqual({
      DD_TRACEROUTE_ENABLED: "true",
      DD_NETWORK_PATH_CONNECTIONS_MONITORING_ENABLED: "true",
      DD_NETWORK_PATH_COLLECTOR_WORKERS: "16",
    });
  });

  it("leaves connections alone and has the Agent's 4 workers by default", () => {
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

  it.each([{ workers: 1 }, { workers: 1000 }])("takes the options %j", (options) => {
    expect(networkPath.options.parse(options)).toEqual({ monitorConnections: false, ...options });
  });

  it("needs a Linux kernel, EC2 and a recent Agent; for connections a newer one and what sees them", () => {
    expect(needsOf(networkPath)).toEqual({
      requires: ["linux-kernel"],
      launchTypes: ["EC2"],
      since: "7.59",
      optionSince: { monitorConnections: "7.73" },
      optionNeeds: { monitorConnections: "networkPerformanceMonitoring" },
    });
  });
});
