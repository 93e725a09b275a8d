import * as z from "zod";
import { catalog as own } from "../../lib/catalog";
import { check } from "../../lib/configuration/check";
import { perHost } from "../../lib/configuration/hosts";
import { catalogOf } from "../../lib/core/catalog";
import { formatPath } from "../../lib/core/problem";
import { defineSetting } from "../../lib/core/setting";

/** A setting of each type that needs Linux containers, and two settings whose values differ by host. */
const needsLinux = (schema: z.ZodType) =>
  defineSetting({ summary: "A test", of: "daemon", schema: schema.optional(), requires: ["linux-containers"] });
const settings = {
  list: needsLinux(z.array(z.string())),
  map: needsLinux(z.record(z.string(), z.string())),
  text: needsLinux(z.string()),
  number: needsLinux(z.number()),
  switch: needsLinux(z.boolean()),
  mode: defineSetting({
    summary: "A test",
    of: "daemon",
    schema: z.enum(["a", "b"]).optional(),
    valuesOn: ({ osType }) => (osType === "linux" ? ["a", "b"] : ["b"]),
  }),
  kernel: defineSetting({
    summary: "A test",
    of: "daemon",
    schema: z.string().optional(),
    valuesOn: ({ osType }) => (osType === "linux" ? ["any"] : []),
  }),
};
const catalog = catalogOf({ ...own, settings: { ...own.settings, ...settings } });

const problemsOf = (cluster: object) =>
  (check(catalog, catalog.schemas.cluster, { name: "a", ...cluster }).problems ?? []).map(
    ({ path, message }) => `${formatPath(path)} ${message}`,
  );

const NEEDS = "can't be set on the host windows: it needs a host that runs Linux containers.";

const given: [string, unknown][] = [
  ["list", ["a"]],
  ["map", { a: "b" }],
  ["text", "a"],
  ["number", 0],
  ["switch", true],
];
const none: [string, unknown][] = [
  ["list", []],
  ["map", {}],
  ["text", ""],
  ["switch", false],
  ["number", undefined],
];

describe("a setting that a host doesn't support", () => {
  it.each(given)("is refused on that host only: %s %j", (key, value) => {
    expect(problemsOf({ host: "windows", [key]: value })).toEqual([`${key} ${NEEDS}`]);
    expect(problemsOf({ host: "linux", [key]: value })).toEqual([]);
  });

  it.each(given)("is left out on that host if another host supports it: %s %j", (key, value) => {
    const [onLinux, onWindows] = perHost(catalog, { name: "a", hosts: ["linux", "windows"], [key]: value });
    expect([onLinux?.cluster[key], onLinux?.leftOut]).toEqual([value, []]);
    expect([onWindows?.cluster[key], onWindows?.leftOut]).toEqual([undefined, [key]]);
  });

  it.each(given)("isn't left out if no other host supports it, so that the rules refuse it: %s %j", (key, value) => {
    const cluster = { name: "a", hosts: ["windows"], [key]: value };
    expect(perHost(catalog, cluster)).toEqual([{ cluster: { name: "a", host: "windows", [key]: value }, leftOut: [] }]);
  });

  it.each(none)("is neither refused nor left out if it is empty: %s %j", (key, value) => {
    expect(problemsOf({ host: "windows", [key]: value })).toEqual([]);
    const onHosts = perHost(catalog, { name: "a", hosts: ["linux", "windows"], [key]: value });
    expect(onHosts.map(({ leftOut }) => leftOut)).toEqual([[], []]);
  });
});

describe("a setting whose values depend on the host", () => {
  it.each([
    ["linux", "a", []],
    ["windows", "b", []],
    ["windows", "a", ["mode must be b on the host windows, got a. Remove it to use the host's default."]],
  ])("is judged on %s with the value %s", (host, mode, problems) => {
    expect(problemsOf({ host, mode })).toEqual(problems);
  });

  it("can be unsupported on a host", () => {
    expect(problemsOf({ host: "windows", kernel: "any" })).toEqual([
      "kernel can't be set on the host windows, got any. Remove it.",
    ]);
  });

  it("is left out if another host supports the value", () => {
    const onHosts = perHost(catalog, { name: "a", hosts: ["windows", "linux"], mode: "a" });
    expect(onHosts.map(({ cluster, leftOut }) => [cluster.mode, leftOut])).toEqual([
      [undefined, ["mode"]],
      ["a", []],
    ]);
  });
});
