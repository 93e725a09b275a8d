import { universalServiceMonitoring } from "../../lib/features/universal-service-monitoring";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { mounted } from "../support/mounts";
import { HOST_ROOT, MODULES, SRC, SYSTEM_PROBE } from "../support/system-probe";

/** What the vendor's sample for ECS has beside the system probe's own. */
const buildMounts = [
  MODULES,
  SRC,
  mounted(
    "probe_build",
    "/var/tmp/datadog-agent/system-probe/build",
    "/var/tmp/datadog-agent/system-probe/build",
    false,
  ),
  mounted(
    "probe_headers",
    "/var/tmp/datadog-agent/system-probe/kernel-headers",
    "/var/tmp/datadog-agent/system-probe/kernel-headers",
    false,
  ),
  mounted("etc_apt", "/etc/apt", "/host/etc/apt", true),
  mounted("etc_yum_repos_d", "/etc/yum.repos.d", "/host/etc/yum.repos.d", true),
  mounted("etc_zypp", "/etc/zypp", "/host/etc/zypp", true),
  mounted("etc_pki", "/etc/pki", "/host/etc/pki", true),
  mounted("etc_yum_vars", "/etc/yum/vars", "/host/etc/yum/vars", true),
  mounted("etc_dnf_vars", "/etc/dnf/vars", "/host/etc/dnf/vars", true),
  mounted("etc_rhsm", "/etc/rhsm", "/host/etc/rhsm", true),
];

describe("universalServiceMonitoring", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s sees services in the kernel, and what they encrypt in the host's libraries", (_name, host) => {
    expect(universalServiceMonitoring.on({ https: true }, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: "true", HOST_ROOT: "/host/root" },
      mounts: [...SYSTEM_PROBE.mounts, ...buildMounts, HOST_ROOT],
      advisedMemoryMiB: 1024,
    });
  });

  it("does without the host's files where encrypted traffic is not wanted", () => {
    expect(universalServiceMonitoring.on({ https: false }, linux)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: "true" },
      mounts: [...SYSTEM_PROBE.mounts, ...buildMounts],
      advisedMemoryMiB: 1024,
    });
  });

  it("sees encrypted traffic by default", () => {
    expect(universalServiceMonitoring.options.parse({})).toEqual({ https: true });
  });

  it.each([
    [{ http2: true }, ""],
    [{ https: "true" }, "https"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(universalServiceMonitoring.options, options)).toEqual([path]);
  });

  it("needs a Linux kernel and EC2", () => {
    expect(needsOf(universalServiceMonitoring)).toEqual({ requires: ["linux-kernel"], launchTypes: ["EC2"] });
  });
});
