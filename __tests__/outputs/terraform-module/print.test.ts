import { catalog } from "../../../lib/catalog";
import {
  and,
  concat,
  type Condition,
  each,
  empty,
  entries,
  equals,
  from,
  given,
  has,
  hostHas,
  implies,
  isOn,
  isTrue,
  item,
  join,
  matches,
  not,
  oneOf,
  or,
  sort,
  text,
  when,
} from "../../../lib/core/term";
import { namesInFeature, namesOf } from "../../../lib/outputs/terraform-module/names";
import { printCondition, printList, printTerm } from "../../../lib/outputs/terraform-module/print";
import { moduleOf } from "../../support/module";

const names = (host = "linux") => namesOf(catalog, moduleOf({ host }));

describe("a condition in Terraform", () => {
  it.each<[string, Condition, string | boolean]>([
    ["equals", equals("launchType", "EC2"), 'var.launch_type == "EC2"'],
    ["not", not(equals("launchType", "EC2")), 'var.launch_type != "EC2"'],
    ["given", given("image.digest"), "var.image.digest != null"],
    ["empty", empty("subnets"), "length(var.subnets) == 0"],
    ["has", has("environment", "DD_HOSTNAME"), 'contains(keys(var.environment), "DD_HOSTNAME")'],
    ["isOn", isOn("apm"), "local.on.apm"],
    ["an option", isTrue("features.apm.socket"), "local.on.apm && local.options.apm.socket"],
    ["implies", implies(isOn("apm"), equals("site", "ddog-gov.com")), '!local.on.apm || var.site == "ddog-gov.com"'],
    ["and", and(isOn("apm"), isOn("logs")), "local.on.apm && local.on.logs"],
    ["or of and", or(and(isOn("apm"), isOn("logs")), isOn("sbom")), "(local.on.apm && local.on.logs) || local.on.sbom"],
  ])("%s", (_what, condition, expected) => {
    expect(printCondition(condition, names())).toBe(expected);
  });

  it.each<[string, Condition, string, string | boolean]>([
    ["a trait that the host has", hostHas("unix-sockets"), "linux", true],
    ["a trait that the host doesn't have", hostHas("unix-sockets"), "windows", false],
    ["an implication with a missing trait", implies(isOn("apm"), hostHas("unix-sockets")), "windows", "!local.on.apm"],
    ["an implication with a trait of the host", implies(isOn("apm"), hostHas("unix-sockets")), "linux", true],
    ["the host's name", equals("host", "windows"), "windows", true],
    ["another host's name", and(equals("host", "windows"), isOn("apm")), "linux", false],
  ])("is constant if the host decides it: %s", (_what, condition, host, expected) => {
    expect(printCondition(condition, names(host))).toBe(expected);
  });

  it("is false instead of an error if a value is null", () => {
    const code = String(printCondition(oneOf("networkMode", ["host", "awsvpc"]), names()));
    expect(code).toContain('contains(["host", "awsvpc"], var.network_mode)');
    expect(code).toContain("try(");
    expect(printCondition(matches("image.tag", /^7/), names())).toBe('can(regex("^7", var.image.tag))');
  });
});

describe("a term in Terraform", () => {
  const inLogs = () => namesInFeature(names(), "logs");

  it.each([
    ["a text", "true", '"true"'],
    ["a value", from("family"), "var.family"],
    ["a switch as text", text(from("enableExecuteCommand")), "tostring(var.enable_execute_command)"],
    ["a part of a text", text("a:", from("family")), '"a:${var.family}"'],
  ])("%s", (_what, term, expected) => {
    expect(printTerm(term, names())?.code).toBe(expected);
  });

  it("has the options of its feature", () => {
    expect(printTerm(join(" ", from("exclude")), inLogs())?.code).toContain('join(" ", local.options.logs.exclude)');
  });

  it("drops absent items of lists and maps, without conditionals of two types", () => {
    const list = printList(concat(["c"], when(isOn("apm"), ["a", "b"])), names());
    expect(list).toMatch(/\[for \w+ in \["a", "b"\] : \w+ if local\.on\.apm\]/);
  });

  it("sorts tags as the core does", () => {
    const tags = join(" ", sort(each(entries("tags"), text(item("key"), ":", item("value")))));
    const code = printTerm(tags, names())?.code ?? "";
    expect(code).toContain("sort(");
    expect(code).toContain("var.tags");
  });
});
