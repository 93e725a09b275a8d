import { contributionOf } from "../../lib/core/feature";
import { COMMERCIAL_SITES } from "../../lib/core/sites";
import { universalServiceMonitoring } from "../../lib/features/universal-service-monitoring";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { mounted } from "../support/mounts";
import { HOST_ROOT, MODULES, SRC, SYSTEM_PROBE } from "../support/system-probe";

/** Mounts in Datadog's sample for ECS, in addition to the system probe's own. */
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
  ])("on %s monitors services in the kernel, and encrypted traffic in the host's libraries", (_name, host) => {
    expect(contributionOf(universalServiceMonitoring, { https: true }, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: "true", HOST_ROOT: "/host/root" },
      mounts: [...SYSTEM_PROBE.mounts, ...buildMounts, HOST_ROOT],
      advisedMemoryMiB: 1024,
    });
  });

  it("doesn't mount the host's files without encrypted traffic", () => {
    expect(contributionOf(universalServiceMonitoring, { https: false }, linux)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_SYSTEM_PROBE_SERVICE_MONITORING_ENABLED: "true" },
      mounts: [...SYSTEM_PROBE.mounts, ...buildMounts],
      advisedMemoryMiB: 1024,
    });
  });

  it.each([
    [
      { http2: true, goTls: false },
      { http2: "true", goTls: "false" },
    ],
    [{ http2: false }, { http2: "false" }],
    [{ goTls: true }, { goTls: "true" }],
    [{}, {}],
  ])(
    "sets no variable for an option that isn't set: %j",
    (options, { http2, goTls }: { http2?: string; goTls?: string }) => {
      const { environment } = contributionOf(universalServiceMonitoring, { https: true, ...options }, linux);
      expect(environment?.DD_SERVICE_MONITORING_CONFIG_ENABLE_HTTP2_MONITORING).toBe(http2);
      expect(environment?.DD_SERVICE_MONITORING_CONFIG_TLS_GO_ENABLED).toBe(goTls);
    },
  );

  it("requires `https` for Go programs", () => {
    expect(optionProblems(universalServiceMonitoring, { https: false, goTls: true })).toEqual([
      {
        path: ["goTls"],
        message: "needs `https`: Go programs are found in the host's files. Turn `https` on, or remove this option.",
      },
    ]);
    expect(optionProblems(universalServiceMonitoring, { https: true, goTls: true })).toEqual([]);
    expect(optionProblems(universalServiceMonitoring, { https: false, goTls: false })).toEqual([]);
  });

  it("monitors encrypted traffic by default", () => {
    expect(universalServiceMonitoring.options.parse({})).toEqual({ https: true });
  });

  it.each([
    [{ kafka: true }, ""],
    [{ http2: "true" }, "http2"],
    [{ https: "true" }, "https"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(universalServiceMonitoring.options, options)).toEqual([path]);
  });

  it("needs a Linux kernel, EC2 and a commercial site", () => {
    expect(needsOf(universalServiceMonitoring)).toEqual({
      requires: ["linux-kernel"],
      launchTypes: ["EC2"],
      sites: COMMERCIAL_SITES,
      optionSince: { http2: "7.53", goTls: "7.51" },
    });
  });
});
