import {
  ConfigurationError,
  describe as shown,
  describeAt,
  describeWord,
  didYouMean,
  formatPath,
  list,
  type Path,
} from "../../lib/core/problem";
import { catalog } from "../../lib/catalog";

/** With the secret keys of this package's catalog. */
const shownAt = (value: unknown, path: Path) => describeAt(value, path, catalog.secretKeys);

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

  it("uses the singular for one problem, and shows no path for a problem of the whole", () => {
    const error = new ConfigurationError("stack/agent", [{ path: [], message: "must be smaller." }]);
    expect(error.message).toBe("stack/agent: 1 problem\n\n  must be smaller.");
  });

  it("locates problems with a custom function", () => {
    const error = new ConfigurationError(
      "a.yaml",
      [{ path: ["cpu"], message: "must be less." }],
      () => "a.yaml:3:5 cpu",
    );
    expect(error.message).toContain("\n  a.yaml:3:5 cpu\n    must be less.");
  });

  it("escapes line breaks in file names", () => {
    const error = new ConfigurationError(
      "a\nb.yaml",
      [{ path: ["cpu"], message: "must be less." }],
      () => "a\u001b[31m\u202eb.yaml:1:1 cpu",
    );
    expect(error.message).toBe("a\\u000ab.yaml: 1 problem\n\n  a\\u001b[31m\\u202eb.yaml:1:1 cpu\n    must be less.");
  });

  it("has a name and problems for programs", () => {
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
    [["tags", "a.b/c"], "tags.a.b/c"],
    [["tags", ""], 'tags[""]'],
    [["tags", "a b"], 'tags["a b"]'],
    [["tags", "a\n\u001bb"], 'tags["a\\n\\u001bb"]'],
    [["tags", "\ud800"], 'tags["\\ud800"]'],
    [["tags", "x".repeat(81)], `tags["${"x".repeat(80)}…"]`],
    [["tags", "0123456789abcdef0123456789abcdef", "x"], "tags[a key that is not shown].x"],
    [["http://user:hunter2@proxy"], "[a key that is not shown]"],
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
    ["", "an empty string"],
    ["a site", '"a site"'],
    ['a "site"', '"a \\"site\\""'],
    ["$${HOME}", '"${HOME}"'],
    ["${var.site}", "a Terraform expression"],
  ])("shows %p as %j", (value, text) => {
    expect(shown(value)).toBe(text);
  });

  it("truncates text after 80 characters", () => {
    expect(shown("x".repeat(80))).toBe(`"${"x".repeat(80)}"`);
    expect(shown("x".repeat(81))).toBe(`"${"x".repeat(80)}…"`);
  });

  it.each([
    ["anything under apiKey", "hunter2", ["apiKey", "secretsManagerArn"], 7],
    ["anything under environment", "hunter2", ["clusters", 0, "environment", "PASSWORD"], 7],
    ["what is named like a secret", "hunter2", ["tags", "api_token"], 7],
    ["what is named like a secret in another way", "hunter2", ["provider", "secretAccessKey"], 7],
    ["what is below such a name", "hunter2", ["dbPasswords", 0, "value"], 7],
    ["a password in a URL", "http://user:pw@host", ["features", "proxy", "https"], 19],
    ["a password without a scheme", "user:hunter2@host:3128", ["features", "proxy", "noProxy", 0], 22],
    ["what looks like an API key anywhere", "0123456789abcdefABCDEF0123456789", ["tags", "key"], 32],
    ["what holds something like an API key", `key=${"a".repeat(32)}!`, ["site"], 37],
  ])("never shows %s", (_what, secret, path, length) => {
    expect(shownAt(secret, path)).toBe(`a string of length ${length} (not shown: it may be a secret)`);
  });

  it.each<[what: string, number: number, path: Path, text: string]>([
    ["a key of digits without quotes", 1.2345678901234567e31, ["site"], "a number (not shown: it may be a secret)"],
    ["a long number", -1e15, ["cpu"], "a number (not shown: it may be a secret)"],
    ["an account", 123456789012, ["accountId"], "the number 123456789012"],
    ["a number under apiKey", 1234567890, ["apiKey"], "a number (not shown: it may be a secret)"],
    ["a number of seconds in the environment", 60, ["environment", "A"], "the number 60"],
    ["no number", Number.NaN, ["apiKey"], "the number NaN"],
    ["a number without an end", Number.POSITIVE_INFINITY, ["cpu"], "the number Infinity"],
  ])("tells %s", (_what, number, path, text) => {
    expect(shownAt(number, path)).toBe(text);
  });

  it.each([
    ["key", '"x y"'],
    ["kmsKeyId", '"x y"'],
    ["bucket", '"x y"'],
  ])("shows the backend's %s", (key, text) => {
    expect(shownAt("x y", ["backend", "s3", key])).toBe(text);
  });

  it("escapes control characters and truncates between characters", () => {
    expect(shown("a\u001b\u0085\u009b\u202e")).toBe('"a\\u001b\\u0085\\u009b\\u202e"');
    expect(shown(`${"x".repeat(79)}\u{1F415}y`)).toBe(`"${"x".repeat(79)}…"`);
  });

  it("shows text of 31 hexadecimal digits, which can't be an API key", () => {
    expect(shownAt("a".repeat(31), ["site"])).toBe(`"${"a".repeat(31)}"`);
  });
});

describe("describeWord", () => {
  it.each([
    ["", "an empty string"],
    ["sitee", '"sitee"'],
    ["a\nb", '"a\\nb"'],
    ["${x}", '"${x}"'],
    ["0123456789abcdef0123456789abcdef", "a string of length 32 (not shown: it may be a secret)"],
  ])("shows %j as %j", (word, text) => {
    expect(describeWord(word)).toBe(text);
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

  it("ignores case", () => {
    expect(didYouMean("DOGSTATSD", ["dogstatsd"])).toBe(' Did you mean "dogstatsd"?');
  });

  it("is empty without known words", () => {
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

  it("accepts another conjunction", () => {
    expect(list(["a", "b", "c"], "or")).toBe("a, b or c");
  });
});
