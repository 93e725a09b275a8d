import { expression, literal, quote, snakeCase } from "../../../lib/outputs/terraform-module/hcl";

describe("snakeCase", () => {
  it.each([
    ["apm", "apm"],
    ["processCollection", "process_collection"],
    ["memoryMiB", "memory_mib"],
    ["applicationSecurityGroups", "application_security_groups"],
    ["networkPerformanceMonitoring", "network_performance_monitoring"],
  ])("writes %s as %s", (name, expected) => {
    expect(snakeCase(name)).toBe(expected);
  });
});

it("writes an expression as a template", () => {
  expect(expression('length("a") > 0')).toBe('${length("a") > 0}');
});

// String.raw shows the expected text as it is in a file.
describe("quote", () => {
  it.each([
    ["an empty string", "", String.raw`""`],
    ["quotes", 'a "b"', String.raw`"a \"b\""`],
    ["backslashes", String.raw`\\.\pipe`, String.raw`"\\\\.\\pipe"`],
    ["line breaks and tabs", "a\r\n\tb", String.raw`"a\r\n\tb"`],
    ["the start of an interpolation", "${a}", '"$${a}"'],
    ["the start of a directive", "%{ if a }", '"%%{ if a }"'],
    ["an escaped interpolation, which is text here", "$${a}", '"$$${a}"'],
    ["a dollar sign at the end", "^a$", '"^a$"'],
    ["a backspace, for which Terraform has no escape letter", "a\bb", String.raw`"a\u0008b"`],
    ["a form feed, for which Terraform has no escape letter", "\f\f", String.raw`"\u000c\u000c"`],
    ["a control character", "\u0007", String.raw`"\u0007"`],
    ["a backslash before an f", String.raw`\f`, String.raw`"\\f"`],
    ["a backslash before a backspace", "\\\bb", String.raw`"\\\u0008b"`],
    ["letters of any language", "é日", '"é日"'],
  ])("writes %s", (_what, text, expected) => {
    expect(quote(text)).toBe(expected);
  });
});

describe("literal", () => {
  it.each([
    ["a number", 4, "4"],
    ["a boolean", false, "false"],
    ["null", null, "null"],
    ["text with quotes", 'a "b"', String.raw`"a \"b\""`],
    ["a template", "$${a} ${b}", '"$${a} ${b}"'],
    ["an empty list", [], "[]"],
    ["an empty map", {}, "{}"],
    ["a list", ["a", 1, null], '["a", 1, null]'],
    ["a map", { a: 1, B_2: "b" }, '{ a = 1, B_2 = "b" }'],
    ["a key that is not an identifier", { "a.b": 1, "${c}": 2 }, '{ "a.b" = 1, "$${c}" = 2 }'],
    ["nested lists and maps", { a: [{ b: { c: ["d"] } }, {}] }, '{ a = [{ b = { c = ["d"] } }, {}] }'],
  ])("writes %s", (_what, value, expected) => {
    expect(literal(value)).toBe(expected);
  });
});
