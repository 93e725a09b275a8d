import { contributionOf } from "../../lib/core/feature";
import { customChecks } from "../../lib/features/custom-checks";
import { linux } from "../../lib/hosts/linux";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { mounted } from "../support/mounts";

const CONFIGURATION = mounted("custom_conf_d", "/etc/checks/conf.d", "/conf.d", true);
const CODE = mounted("custom_checks_d", "/etc/checks/checks.d", "/checks.d", true);

describe("customChecks", () => {
  it.each([
    [{ configuration: "/etc/checks/conf.d" }, {}, [CONFIGURATION]],
    [{ code: "/etc/checks/checks.d" }, {}, [CODE]],
    [
      { configuration: "/etc/checks/conf.d", code: "/etc/checks/checks.d", runners: 8 },
      { DD_CHECK_RUNNERS: "8" },
      [CONFIGURATION, CODE],
    ],
  ])("mounts %j read-only where the Agent's image looks for it", (options, environment, mounts) => {
    expect(contributionOf(customChecks, options, linux)).toStrictEqual({ environment, mounts });
  });

  it.each([
    [{ folder: "/a" }, ""],
    [{ code: "checks.d" }, "code"],
    [{ code: "/a:/b" }, "code"],
    [{ runners: 0 }, "runners"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(customChecks.options, options)).toEqual([path]);
  });

  it("requires a directory", () => {
    expect(optionProblems(customChecks, { runners: 8 })).toEqual([
      {
        path: [],
        message: "needs `configuration`, `code` or both, got neither. Add one, or set the feature to false.",
      },
    ]);
    expect(optionProblems(customChecks, { code: "/a" })).toEqual([]);
  });

  it("needs Linux containers", () => {
    expect(needsOf(customChecks)).toEqual({ requires: ["linux-containers"] });
  });
});
