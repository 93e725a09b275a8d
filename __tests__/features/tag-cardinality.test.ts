import { contributionOf } from "../../lib/core/feature";
import { tagCardinality } from "../../lib/features/tag-cardinality";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

describe("tagCardinality", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s sets both cardinalities", (_name, host) => {
    expect(contributionOf(tagCardinality, { checks: "orchestrator", dogstatsd: "high" }, host)).toStrictEqual({
      environment: { DD_CHECKS_TAG_CARDINALITY: "orchestrator", DD_DOGSTATSD_TAG_CARDINALITY: "high" },
    });
  });

  it("is low by default", () => {
    expect(tagCardinality.options.parse({})).toEqual({ checks: "low", dogstatsd: "low" });
  });

  it.each(["low", "orchestrator", "high"])("accepts the cardinality %s for both", (word) => {
    expect(tagCardinality.options.parse({ checks: word, dogstatsd: word })).toEqual({ checks: word, dogstatsd: word });
  });

  it.each([
    [{ otlp: "low" }, ""],
    [{ checks: "none" }, "checks"],
    [{ checks: "LOW" }, "checks"],
    [{ dogstatsd: true }, "dogstatsd"],
    [{ dogstatsd: "${var.cardinality}" }, "dogstatsd"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(tagCardinality.options, options)).toEqual([path]);
  });

  it("works on all hosts", () => {
    expect(needsOf(tagCardinality)).toEqual({ requires: [] });
  });
});
