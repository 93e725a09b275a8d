import { contributionOf } from "../../lib/core/feature";
import { containerFilters } from "../../lib/features/container-filters";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";

const none = { include: [], exclude: [], includeMetrics: [], excludeMetrics: [], includeLogs: [], excludeLogs: [] };

describe("containerFilters", () => {
  it.each([
    ["include", { include: ["name:shop"] }, { DD_CONTAINER_INCLUDE: "name:shop" }],
    ["exclude", { exclude: ["name:^a$", "image:.*"] }, { DD_CONTAINER_EXCLUDE: "name:^a$ image:.*" }],
    ["includeMetrics", { includeMetrics: ["name:shop"] }, { DD_CONTAINER_INCLUDE_METRICS: "name:shop" }],
    ["excludeMetrics", { excludeMetrics: ["image:nginx"] }, { DD_CONTAINER_EXCLUDE_METRICS: "image:nginx" }],
    ["includeLogs", { includeLogs: ["name:shop"] }, { DD_CONTAINER_INCLUDE_LOGS: "name:shop" }],
    ["excludeLogs", { excludeLogs: ["image:nginx"] }, { DD_CONTAINER_EXCLUDE_LOGS: "image:nginx" }],
  ])("sets only the variable of %s, as space-separated patterns", (_what, options, environment) => {
    expect(contributionOf(containerFilters, { ...none, ...options }, linux)).toStrictEqual({ environment });
  });

  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s sets all lists", (_name, host) => {
    const options = {
      include: ["name:a"],
      exclude: ["name:b"],
      includeMetrics: ["name:c"],
      excludeMetrics: ["name:d"],
      includeLogs: ["name:e"],
      excludeLogs: ["name:f"],
    };
    expect(contributionOf(containerFilters, options, host)).toStrictEqual({
      environment: {
        DD_CONTAINER_INCLUDE: "name:a",
        DD_CONTAINER_EXCLUDE: "name:b",
        DD_CONTAINER_INCLUDE_METRICS: "name:c",
        DD_CONTAINER_EXCLUDE_METRICS: "name:d",
        DD_CONTAINER_INCLUDE_LOGS: "name:e",
        DD_CONTAINER_EXCLUDE_LOGS: "name:f",
      },
    });
  });

  it("has empty lists by default", () => {
    expect(containerFilters.options.parse({})).toEqual(none);
  });

  it.each([
    [{ names: ["name:shop"] }, ""],
    [{ exclude: "name:shop" }, "exclude"],
    [{ include: [".*"] }, "include.0"],
    [{ exclude: ["name:shop", "kube_namespace:shop"] }, "exclude.1"],
    [{ includeMetrics: ["shop"] }, "includeMetrics.0"],
    [{ excludeMetrics: ["name:"] }, "excludeMetrics.0"],
    [{ includeLogs: ["name:two words"] }, "includeLogs.0"],
    [{ excludeLogs: ["label:shop"] }, "excludeLogs.0"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(containerFilters.options, options)).toEqual([path]);
  });

  it("accepts name and image patterns, and Terraform expressions", () => {
    const options = { include: ["name:^a|b$", "${var.pattern}"], exclude: ["image:registry.example/nginx:.*"] };
    expect(containerFilters.options.parse(options)).toEqual({ ...none, ...options });
  });

  it("requires at least one pattern", () => {
    expect(optionProblems(containerFilters, none)).toEqual([
      {
        path: [],
        message: "needs at least one pattern, got none. Add one, or set the feature to false.",
      },
    ]);
    expect(optionProblems(containerFilters, { ...none, include: ["name:shop"] })).toEqual([]);
    expect(optionProblems(containerFilters, { ...none, excludeLogs: ["name:shop"] })).toEqual([]);
  });

  it("works on all hosts", () => {
    expect(needsOf(containerFilters)).toEqual({ requires: [] });
  });
});
