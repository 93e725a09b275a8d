import { contributionOf } from "../../lib/core/feature";
import { logLevel } from "../../lib/features/log-level";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

describe("logLevel", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s sets the level of the Agent's log", (_name, host) => {
    expect(contributionOf(logLevel, { level: "warn" }, host)).toStrictEqual({ environment: { DD_LOG_LEVEL: "warn" } });
  });

  it("is info by default, as in the Agent", () => {
    expect(logLevel.options.parse({})).toEqual({ level: "info" });
  });

  it.each(["trace", "debug", "info", "warn", "error", "critical", "off"])("accepts the level %s", (level) => {
    expect(logLevel.options.parse({ level })).toEqual({ level });
  });

  it.each([
    [{ logLevel: "info" }, ""],
    [{ level: "WARN" }, "level"],
    [{ level: "warning" }, "level"],
    [{ level: "${var.level}" }, "level"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(logLevel.options, options)).toEqual([path]);
  });

  it("works on all hosts", () => {
    expect(needsOf(logLevel)).toEqual({ requires: [] });
  });
});
