import { Token } from "cdktf";
import { escapeTemplate, isExpression, unescapeTemplate } from "../../lib/core/expression";

describe("isExpression", () => {
  it.each([
    "${var.cluster}",
    "arn:${data.aws_partition.current.partition}:iam",
    "%{ if var.on }yes%{ endif }",
    "$${literal}, then ${var.cluster}",
    "%${var.cluster}",
    "#{TfToken[TOKEN.0]}",
  ])("says that only Terraform knows %j", (value) => {
    expect(isExpression(value)).toBe(true);
  });

  it.each([
    "",
    "production",
    "$",
    "$5 {a}",
    "100% {a}",
    "{{ template }}",
    "$${literal}",
    "$$${literal}",
    "%%{literal}",
    "see #{TfToken[",
  ])("says that %j is text", (value) => {
    expect(isExpression(value)).toBe(false);
  });

  it.each([0, 1.5, -1, -1e289, [-1e300], Number.MAX_VALUE, undefined, null, true, [], {}])(
    "says that %p is known",
    (value) => {
      expect(isExpression(value)).toBe(false);
    },
  );

  it("knows cdktf's tokens of text, numbers and lists", () => {
    const late = { resolve: () => "known later" };
    const tokens = [Token.asString(late), `name-${Token.asString(late)}`, Token.asNumber(late), Token.asList(late)[0]];
    expect(tokens.map(isExpression)).toEqual([true, true, true, true]);
  });
});

describe("escapeTemplate and unescapeTemplate", () => {
  it.each([
    ["${HOME}", "$${HOME}"],
    ["%{d}", "%%{d}"],
    ["$${HOME}", "$$${HOME}"],
    ["a ${b} c %{d} e", "a $${b} c %%{d} e"],
    ["$%{a}", "$%%{a}"],
    ["$HOME {a} $$ %%", "$HOME {a} $$ %%"],
    ["", ""],
  ])("write the text %j as the template %j and back", (text, template) => {
    expect({ template: escapeTemplate(text), text: unescapeTemplate(template) }).toEqual({ template, text });
  });
});
