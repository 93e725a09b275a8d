import { contributionOf } from "../../lib/core/feature";
import { COMMERCIAL_SITES } from "../../lib/core/sites";
import { workloadProtection } from "../../lib/features/workload-protection";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { mounted } from "../support/mounts";
import { needsOf, refusedPaths } from "../support/feature";
import { SECURITY_MOUNTS, SYSTEM_PROBE } from "../support/system-probe";

describe("workloadProtection", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s can access the host's kernel, files, users and processes", (_name, host) => {
    expect(contributionOf(workloadProtection, { remoteConfiguration: true }, host)).toStrictEqual({
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

  it("can turn Datadog's remote rules off", () => {
    expect(contributionOf(workloadProtection, { remoteConfiguration: false }, linux).environment).toEqual({
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: "true",
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: "false",
      HOST_ROOT: "/host/root",
    });
  });

  it("mounts custom rules from the host next to those of the image", () => {
    const options = { remoteConfiguration: true, policies: "/etc/datadog/own.policy", enforcement: false };
    const { environment, mounts } = contributionOf(workloadProtection, options, linux);
    expect(environment?.DD_RUNTIME_SECURITY_CONFIG_ENFORCEMENT_ENABLED).toBe("false");
    expect(mounts?.at(-1)).toEqual(
      mounted(
        "security_policies",
        "/etc/datadog/own.policy",
        "/etc/datadog-agent/runtime-security.d/custom.policy",
        true,
      ),
    );
  });

  it("receives Datadog's rules by default", () => {
    expect(workloadProtection.options.parse({})).toEqual({ remoteConfiguration: true });
  });

  it.each([
    [{ rules: true }, ""],
    [{ policies: "own.policy" }, "policies"],
    [{ policies: "/etc/datadog/" }, "policies"],
    [{ remoteConfiguration: "true" }, "remoteConfiguration"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(workloadProtection.options, options)).toEqual([path]);
  });

  it("needs a Linux kernel, EC2 and Agent 7.46", () => {
    expect(needsOf(workloadProtection)).toEqual({
      requires: ["linux-kernel"],
      optionSites: { remoteConfiguration: COMMERCIAL_SITES, enforcement: COMMERCIAL_SITES },
      launchTypes: ["EC2"],
      since: "7.46",
    });
  });
});
