import { contributionOf } from "../../lib/core/feature";
import { dynamicInstrumentation } from "../../lib/features/dynamic-instrumentation";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { needsOf, refusedPaths } from "../support/feature";
import { SYSTEM_PROBE } from "../support/system-probe";

describe("dynamicInstrumentation", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
  ])("on %s can access the host's processes", (_name, host) => {
    expect(contributionOf(dynamicInstrumentation, {}, host)).toStrictEqual({
      ...SYSTEM_PROBE,
      environment: { DD_DYNAMIC_INSTRUMENTATION_ENABLED: "true" },
      fallback: {
        DD_APM_ENABLED: "true",
        DD_APM_NON_LOCAL_TRAFFIC: "false",
        DD_APM_DEBUGGER_LOGS_ENABLED_OVERRIDE: "true",
      },
      pidMode: "host",
    });
  });

  it("has no options", () => {
    expect(dynamicInstrumentation.options.parse({})).toEqual({});
    expect(refusedPaths(dynamicInstrumentation.options, { languages: ["go"] })).toEqual([""]);
  });

  it("needs a Linux kernel, EC2, Agent 7.73 and a commercial site", () => {
    expect(needsOf(dynamicInstrumentation)).toEqual({
      requires: ["linux-kernel"],
      launchTypes: ["EC2"],
      since: "7.73",
      through: ["apm", "remoteConfiguration"],
      sites: [
        "datadoghq.com",
        "us3.datadoghq.com",
        "us5.datadoghq.com",
        "datadoghq.eu",
        "ap1.datadoghq.com",
        "ap2.datadoghq.com",
        "uk1.datadoghq.com",
      ],
    });
  });
});
