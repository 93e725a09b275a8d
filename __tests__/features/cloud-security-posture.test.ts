import { contributionOf } from "../../lib/core/feature";
import { cloudSecurityPosture } from "../../lib/features/cloud-security-posture";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { mounted } from "../support/mounts";
import { needsOf, refusedPaths } from "../support/feature";
import { SECURITY_MOUNTS } from "../support/system-probe";

describe("cloudSecurityPosture", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s checks containers and the host, with one additional capability", (_name, host) => {
    expect(contributionOf(cloudSecurityPosture, { hostBenchmarks: true }, host)).toStrictEqual({
      environment: {
        DD_COMPLIANCE_CONFIG_ENABLED: "true",
        DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: "true",
        HOST_ROOT: "/host/root",
      },
      mounts: SECURITY_MOUNTS,
      capabilities: ["AUDIT_CONTROL"],
      pidMode: "host",
      advisedMemoryMiB: 672,
    });
  });

  it("can skip host benchmarks and their memory", () => {
    expect(contributionOf(cloudSecurityPosture, { hostBenchmarks: false }, linux)).toStrictEqual({
      environment: {
        DD_COMPLIANCE_CONFIG_ENABLED: "true",
        DD_COMPLIANCE_CONFIG_HOST_BENCHMARKS_ENABLED: "false",
        HOST_ROOT: "/host/root",
      },
      mounts: SECURITY_MOUNTS,
      capabilities: ["AUDIT_CONTROL"],
      pidMode: "host",
    });
  });

  it("mounts a custom benchmark from the host next to those of the image", () => {
    const options = { hostBenchmarks: true, benchmarks: "/etc/datadog/own.yaml" };
    expect(contributionOf(cloudSecurityPosture, options, linux).mounts?.at(-1)).toEqual(
      mounted("compliance_benchmarks", "/etc/datadog/own.yaml", "/etc/datadog-agent/compliance.d/custom.yaml", true),
    );
  });

  it("runs host benchmarks by default", () => {
    expect(cloudSecurityPosture.options.parse({})).toEqual({ hostBenchmarks: true });
  });

  it.each([
    [{ host: true }, ""],
    [{ hostBenchmarks: "true" }, "hostBenchmarks"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(cloudSecurityPosture.options, options)).toEqual([path]);
  });

  it("needs Linux containers and Agent 7.46, and a newer Agent for host benchmarks", () => {
    expect(needsOf(cloudSecurityPosture)).toEqual({
      requires: ["linux-containers"],
      since: "7.46",
      optionSince: { hostBenchmarks: "7.47" },
    });
  });
});
