import { element, escapeXml, wrap } from "../../../lib/handoff/picture/svg";
import { parseXml } from "../../support/xml";

describe("element", () => {
  it.each([
    ["an empty one", element("rect", { x: 1, class: "a" }), '<rect x="1" class="a"/>'],
    ["one around others", element("g", {}, element("a", {}), "b"), "<g><a/>b</g>"],
    ["an attribute", element("a", { b: '"<&' }), '<a b="&quot;&lt;&amp;"/>'],
  ])("writes %s", (_what, written, expected) => {
    expect(written).toBe(expected);
  });
});

describe("escapeXml", () => {
  it.each(["plain", `<a b="c">&amp;</a>`, "]]>", "日本 👩‍💻", "a\tb\nc"])("lets a parser read %j again", (text) => {
    expect(parseXml(`<a>${escapeXml(text)}</a>`)[0]?.text).toBe(text);
    expect(parseXml(element("a", { b: text.replace(/\s/g, " ") }))[0]?.attributes.b).toBe(text.replace(/\s/g, " "));
  });

  it.each(["\u0000", "\u001b", "\ufffe", "\ud800"])("replaces %j, which XML can't write", (text) => {
    expect(escapeXml(`a${text}b`)).toBe("a\ufffdb");
  });
});

describe("wrap", () => {
  it.each([
    ["what fits", "abc", 3, "text", ["abc"]],
    ["nothing", "", 3, "text", [""]],
    ["a text after blanks", "one two three", 8, "text", ["one two", "three"]],
    ["a text not after punctuation", "one-two three", 8, "text", ["one-two", "three"]],
    ["a blank at the end of a full line", "one two", 3, "text", ["one", "two"]],
    ["a path after slashes", "/var/lib/docker/", 9, "code", ["/var/lib/", "docker/"]],
    ["a path of Windows after backslashes", "c:\\aa\\bb", 6, "code", ["c:\\aa\\", "bb"]],
    ["an image before its tag", "datadog/fips-proxy:1.1.29", 24, "code", ["datadog/fips-proxy:", "1.1.29"]],
    ["what has no place to break", "aaaaaaa", 3, "code", ["aaa", "aaa", "a"]],
  ] as const)("breaks %s", (_what, text, columns, kind, lines) => {
    expect(wrap(text, columns, kind)).toEqual(lines);
  });
});
