import { ConfigurationError, describe as shown, didYouMean, formatPath, list } from "../../lib/core/problem";

describe("ConfigurationError", () => {
  it("shows all problems under their heading, each below its path", () => {
    const error = new ConfigurationError("clusters.yaml", [
      { path: ["clusters", 0, "cpu"], message: "must be a number, got a list." },
      { path: ["clusters", 1, "site"], message: "must be a site, got nothing." },
    ]);
    expect(error.message).toBe(
      [
        "clusters.yaml: 2 problems",
        "",
        "  clusters[0].cpu",
        "    must be a number, got a list.",
        "",
        "  clusters[1].site",
        "    must be a site, got nothing.",
      ].join("\n"),
    );
  });

  it("counts one problem in the singular, and shows one of the whole without a path", () => {
    const error = new ConfigurationError("stack/agent", [{ path: [], message: "must be smaller." }]);
    expect(error.message).toBe("stack/agent: 1 problem\n\n  must be smaller.");
  });

  it("says where problems are in the words of who knows it", () => {
    const error = new ConfigurationError(
      "a.yaml",
      [{ path: ["cpu"], message: "must be less." }],
      () => "a.yaml:3:5 cpu",
    );
    expect(error.message).toContain("\n  a.yaml:3:5 cpu\n    must be less.");
  });

  it("carries its name and its problems for programs", () => {
    const problems = [{ path: ["cpu"], message: "must be less." }];
    const error = new ConfigurationError("a.yaml", problems);
    expect(error).toBeInstanceOf(Error);
    expect({ name: error.name, problems: error.problems }).toEqual({ name: "ConfigurationError", problems });
  });
});

describe("formatPath", () => {
  it.each([
    [["features", "logs", "include", 0], "features.logs.include[0]"],
    [["clusters", 12, "name"], "clusters[12].name"],
    [[0], "[0]"],
    [[0, "name"], "[0].name"],
    [[], ""],
  ])("writes %j as %j", (path, text) => {
    expect(formatPath(path)).toBe(text);
  });
});

describe("describe", () => {
  it.each([
    [undefined, "nothing"],
    [null, "an empty value"],
    [[], "an empty list"],
    [[1], "a list"],
    [{}, "a map"],
    [3, "the number 3"],
    [false, "the boolean false"],
    [Symbol.iterator, "a symbol"],
    ["", "an empty text"],
    ["a site", '"a site"'],
    ['a "site"', '"a \\"site\\""'],
    ["$${HOME}", '"${HOME}"'],
    ["${var.site}", "a Terraform expression"],
  ])("shows %p as %j", (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it("cuts a long text after 80 characters", () => {
    expect(shown("x".repeat(80))).toBe(`"${"x".repeat(80)}"`);
    expect(shown("x".repeat(81))).toBe(`"${"x".repeat(80)}…"`);
  });

  it.each([
    ["anything under apiKey", "hunter2", ["apiKey", "secretsManagerArn"], 7],
    ["anything under environment", "hunter2", ["clusters", 0, "environment", "PASSWORD"], 7],
    ["what looks like an API key anywhere", "0123456789abcdefABCDEF0123456789", ["tags", "key"], 32],
    ["what holds something like an API key", `key=${"a".repeat(32)}!`, ["site"], 37],
  ])("never shows %s", (_what, secret, path, length) => {
    expect(shown(secret, path)).toBe(`a text of length ${length} (not shown: it may be a secret)`);
  });

  it("shows text of 31 hexadecimal digits, which can't be an API key", () => {
    expect(shown("a".repeat(31), ["site"])).toBe(`"${"a".repeat(31)}"`);
  });
});

describe("didYouMean", () => {
  it.each([
    ["log", ' Did you mean "logs"?'],
    ["dogstasd", ' Did you mean "dogstatsd"?'],
    ["dockstatd", ' Did you mean "dogstatsd"?'],
    ["metrics", ""],
    ["profiling", ""],
  ])("answers %j with %j", (given, hint) => {
    expect(didYouMean(given, ["apm", "dogstatsd", "logs"])).toBe(hint);
  });

  it("takes capitals for small letters", () => {
    expect(didYouMean("DOGSTATSD", ["dogstatsd"])).toBe(' Did you mean "dogstatsd"?');
  });

  it("has no answer where nothing is known", () => {
    expect(didYouMean("log", [])).toBe("");
    expect(didYouMean("ab", [])).toBe("");
  });
});

describe("list", () => {
  it.each([
    [[], ""],
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b and c"],
  ])("joins %j to %j", (words, text) => {
    expect(list(words)).toBe(text);
  });

  it("takes another conjunction", () => {
    expect(list(["a", "b", "c"], "or")).toBe("a, b or c");
  });
});
