import { workloadProtection } from "../../lib/features/workload-protection";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { SECURITY_MOUNTS, SYSTEM_PROBE } from "../support/system-probe";

describe("workloadProtection", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s sees the host's kernel, files, users and processes", (_name, host) => {
    expect(workloadProtection.on({ remoteConfiguration: true }, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: {
        DD_RUNTIME_SECURITY_CONFIG_ENABLED: "true",
        DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: "true",
        HOST_ROOT: "/host/root",
      },
      mounts: [...SYSTEM_PROBE.mounts, ...SECURITY_MOUNTS],
      pidMode: "host",
    });
  });

  it("says so where Datadog's rules are not to be taken as they are released", () => {
    expect(workloadProtection.on({ remoteConfiguration: false }, linux).environment).toEqual({
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: "true",
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: "false",
      HOST_ROOT: "/host/root",
    });
  });

  it("takes Datadog's rules by default", () => {
    expect(workloadProtection.options.parse({})).toEqual({ remoteConfiguration: true });
  });

  it.each([
    [{ rules: true }, ""],
    [{ remoteConfiguration: "true" }, "remoteConfiguration"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(workloadProtection.options, options)).toEqual([path]);
  });

  it("needs a Linux kernel, EC2 and Agent 7.46", () => {
    expect(needsOf(workloadProtection)).toEqual({
      requires: ["linux-kernel"],
      launchTypes: ["EC2"],
      since: "7.46",
    });
  });
});
