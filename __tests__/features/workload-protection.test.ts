import { contributionOf } from "../../lib/core/feature";
import { COMMERCIAL_SITES } from "../../lib/core/sites";
import { workloadProtection } from "../../lib/features/workload-protection";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { mounted } from "../support/mounts";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { SECURITY_MOUNTS, SYSTEM_PROBE } from "../support/system-probe";
import { agentTaskOf } from "../support/task";

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

  it("reads the host's directory next to that of the image, to which links in it can lead", () => {
    const options = { remoteConfiguration: true, policiesDirectory: "/etc/datadog/policies" };
    const { environment, mounts } = contributionOf(workloadProtection, options, linux);
    expect(environment).toEqual({
      DD_RUNTIME_SECURITY_CONFIG_ENABLED: "true",
      DD_RUNTIME_SECURITY_CONFIG_REMOTE_CONFIGURATION_ENABLED: "true",
      DD_RUNTIME_SECURITY_CONFIG_POLICIES_DIR: "/etc/datadog-agent-runtime-policies",
      HOST_ROOT: "/host/root",
    });
    expect(mounts).toEqual([
      ...SYSTEM_PROBE.mounts,
      ...SECURITY_MOUNTS,
      mounted("security_policies_directory", "/etc/datadog/policies", "/etc/datadog-agent-runtime-policies", true),
    ]);
  });

  it.each([
    [{}, []],
    [{ policies: "/a.policy" }, []],
    [{ policiesDirectory: "/a" }, []],
    [
      { policies: "/a.policy", policiesDirectory: "/a" },
      ["can't be combined with `policies`: the Agent reads one directory. Move the file into the directory."],
    ],
  ])("has rules from a file or from a directory: %j", (options, messages) => {
    expect(optionProblems(workloadProtection, options)).toEqual(
      messages.map((message) => ({ path: ["policiesDirectory"], message })),
    );
  });

  it.each<[object, boolean | undefined, number]>([
    [{ policiesDirectory: "/a" }, undefined, 0],
    [{ policiesDirectory: "/a" }, true, 0],
    [{ policiesDirectory: "/a" }, false, 1],
    [{ policiesDirectory: "/a", remoteConfiguration: false }, undefined, 1],
    [{ policies: "/a.policy", remoteConfiguration: false }, undefined, 0],
    [{}, false, 0],
  ])(
    "tells how to keep the default rules with %j and remoteConfiguration %s",
    (options, remoteConfiguration, count) => {
      const features = { workloadProtection: options, remoteConfiguration };
      const notices = agentTaskOf({ features }).notices.filter((text) => text.includes("default.policy"));
      expect(notices).toHaveLength(count);
    },
  );

  it("receives Datadog's rules by default", () => {
    expect(workloadProtection.options.parse({})).toEqual({ remoteConfiguration: true });
  });

  it.each([
    [{ rules: true }, ""],
    [{ policies: "own.policy" }, "policies"],
    [{ policies: "/etc/datadog/" }, "policies"],
    [{ policiesDirectory: "policies" }, "policiesDirectory"],
    [{ policiesDirectory: "/a:/b" }, "policiesDirectory"],
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
