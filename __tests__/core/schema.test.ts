import * as z from "zod";
import { integer, key, oneOf, text } from "../../lib/core/schema";

const NUMBER_TOKEN = -1.8881545897087626e289;

function messages(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(({ message }) => message) ?? [];
}

describe("text", () => {
  const schema = text("a color of six digits", /^#[0-9a-f]{6}$/);

  it.each(["#00ff00", "${var.color}", "#${var.color}"])("takes %j", (value) => {
    expect(schema.parse(value)).toBe(value);
  });

  it.each(["", "green", "#00ff00 ", "$${var.color}"])("refuses %j and says what it must be", (value) => {
    expect(messages(schema, value)).toEqual(["must be a color of six digits"]);
  });

  it("refuses what isn't text", () => {
    expect(schema.safeParse(5).success).toBe(false);
  });

  it("gives editors its pattern", () => {
    expect(z.toJSONSchema(schema)).toMatchObject({ type: "string", pattern: "^#[0-9a-f]{6}$" });
  });
});

describe("key", () => {
  const schema = key("a word", /^[a-z]+$/);

  it("takes what has the form", () => {
    expect(schema.parse("team")).toBe("team");
  });

  it.each(["", "Team", "${var.key}"])("refuses %j, expressions too, and says what it must be", (value) => {
    expect(messages(schema, value)).toEqual(["must be a word"]);
  });

  it("gives editors its pattern", () => {
    expect(z.toJSONSchema(schema)).toMatchObject({ type: "string", pattern: "^[a-z]+$" });
  });
});

describe("integer", () => {
  const schema = integer(2, 60, "seconds");

  it.each([2, 30, 60, NUMBER_TOKEN])("takes %p", (value) => {
    expect(schema.parse(value)).toBe(value);
  });

  it.each([1, 61, 2.5, -1])("refuses %p and says what it must be", (value) => {
    expect(messages(schema, value)).toEqual(["must be a whole number of seconds from 2 to 60"]);
  });

  it("refuses a number in quotes", () => {
    expect(schema.safeParse("30").success).toBe(false);
  });

  it("has no unit where none is given", () => {
    expect(messages(integer(1, 10), 11)).toEqual(["must be a whole number from 1 to 10"]);
  });

  it("gives editors its bounds", () => {
    expect(z.toJSONSchema(schema)).toMatchObject({ type: "integer", minimum: 2, maximum: 60 });
  });
});

describe("oneOf", () => {
  const schema = oneOf(["EC2", "EXTERNAL"]);

  it.each(["EC2", "EXTERNAL"])("takes %j", (value) => {
    expect(schema.parse(value)).toBe(value);
  });

  it.each(["ec2", "FARGATE", "", "${var.launch_type}", undefined])("refuses %p", (value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
