import { contributionOf } from "../../lib/core/feature";
import { unifiedServiceTagging } from "../../lib/features/unified-service-tagging";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

describe("unifiedServiceTagging", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s sets DD_ENV", (_name, host) => {
    expect(contributionOf(unifiedServiceTagging, { env: "production" }, host)).toStrictEqual({
      environment: { DD_ENV: "production" },
    });
  });

  it.each([
    [{}, "env"],
    [{ env: "production", service: "shop" }, ""],
    [{ env: "" }, "env"],
    [{ env: "two words" }, "env"],
    [{ env: "a,b" }, "env"],
    [{ env: "x".repeat(201) }, "env"],
    [{ env: true }, "env"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(unifiedServiceTagging.options, options)).toEqual([path]);
  });

  it.each(["production", "eu-west_1/blue.v2:a", "生産", "x", "x".repeat(200), "${var.env}"])(
    "takes the name %s",
    (env) => {
      expect(unifiedServiceTagging.options.parse({ env })).toEqual({ env });
    },
  );

  it("works on all hosts", () => {
    expect(needsOf(unifiedServiceTagging)).toEqual({ requires: [] });
  });
});
