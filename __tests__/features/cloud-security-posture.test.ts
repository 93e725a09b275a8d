import { cloudSecurityPosture } from "../../lib/features/cloud-security-posture";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { SECURITY_MOUNTS } from "../support/system-probe";

describe("cloudSecurityPosture", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s checks containers and the host, with one capability of its own", (_name, host) => {
    expect(cloudSecurityPosture.on({ hostBenchmarks: true }, host)).toStrictEqual({
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

  it("leaves the host's benchmarks out, and the memory for them", () => {
    expect(cloudSecurityPosture.on({ hostBenchmarks: false }, linux)).toStrictEqual({
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

  it("checks the host by default", () => {
    expect(cloudSecurityPosture.options.parse({})).toEqual({ hostBenchmarks: true });
  });

  it.each([
    [{ host: true }, ""],
    [{ hostBenchmarks: "true" }, "hostBenchmarks"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(cloudSecurityPosture.options, options)).toEqual([path]);
  });

  it("needs Linux containers and Agent 7.47", () => {
    expect(needsOf(cloudSecurityPosture)).toEqual({
      requires: ["linux-containers"],
      since: "7.47",
    });
  });
});
