import { z } from "zod";
import { clusterSchema } from "../../lib/configuration/schema";
import { defineFeature, type Feature } from "../../lib/core/feature";
import * as registry from "../../lib/features";
import { featuresTable, fillIn, keysTable } from "../../lib/handoff/readme-tables";
import { hosts } from "../../lib/hosts";

/** The cells of every row below the head. */
function rows(table: string): string[][] {
  return table
    .split("\n")
    .slice(2)
    .map((line) => line.slice(2, -2).split(" | "));
}

describe("featuresTable", () => {
  const example = defineFeature({
    summary: "Does this | that",
    documentation: "https://example.com/",
    requires: ["linux-containers"],
    options: z.strictObject({
      image: z.string().default("example:1").describe("The image"),
      socket: z.boolean().default(false).describe("Listen"),
    }),
    optionRequires: { socket: ["unix-sockets"] },
    optionSince: { socket: "7.60" },
    optionNeeds: { socket: "plain" },
    since: "7.50",
    excludes: { plain: "of that" },
    launchTypes: { only: ["EC2"], because: "of this" },
    sites: { only: ["ddog-gov.com"], because: "of those" },
    networkModes: { only: ["host", "awsvpc"], because: "of that" },
    on: () => ({}),
  });
  const plain = defineFeature({
    summary: "Plain",
    documentation: "https://example.com/",
    requires: [],
    options: z.strictObject({}),
    on: () => ({}),
  });

  it("has a row for each feature and option, with what they need", () => {
    expect(featuresTable({ plain, example }, hosts).split("\n")).toEqual([
      "| Feature | Default | What it does | Hosts | Needs |",
      "| --- | --- | --- | --- | --- |",
      "| `example` | off | Does this \\| that | `linux`, `amazon-linux-1` | `launchType: EC2`; `site: ddog-gov.com`; `networkMode: host` or `networkMode: awsvpc`; Agent 7.50; not `plain` |",
      "| `example.image` | `example:1` | The image |  |  |",
      "| `example.socket` | `false` | Listen | `linux`, `amazon-linux-1` | Agent 7.60; `plain` |",
      "| `plain` | off | Plain | all |  |",
    ]);
  });

  it.each<[string, Partial<Feature>, string]>([
    ["is on by itself", { onByDefault: true }, "on with these hosts and sites"],
    ["comes with a flavor", { imageFlavor: "fips" }, "on with `image.flavor: fips`"],
    ["is left to the Agent", { leftToAgent: true }, "the Agent's own"],
  ])("tells a feature that %s", (_what, feature, expected) => {
    const [row] = rows(featuresTable({ plain: { ...plain, ...feature } }, hosts));
    expect(row?.[1]).toBe(expected);
  });

  it("has every feature of the registry", () => {
    const keys = rows(featuresTable(registry, hosts)).map(([key]) => key);
    expect(keys).toEqual(expect.arrayContaining(Object.keys(registry).map((name) => `\`${name}\``)));
  });
});

describe("keysTable", () => {
  it("has a row for each key, and for the keys of maps and of lists of maps", () => {
    const schema = z.strictObject({
      name: z.string().describe("Its name"),
      kind: z.enum(["a", "b"]).default("a").describe("Its kind"),
      check: z
        .union([z.literal(false), z.strictObject({ retries: z.int().min(1).max(10).default(3).describe("Times") })])
        .prefault({})
        .describe("Its check"),
      rules: z
        .array(z.strictObject({ type: z.boolean().describe("Type") }))
        .default([])
        .describe("Its rules"),
      tags: z.record(z.string(), z.string()).optional().describe("Its tags"),
    });
    expect(rows(keysTable(schema))).toEqual([
      ["`name`", "text", "must be given", "Its name"],
      ["`kind`", "`a`, `b`", "`a`", "Its kind"],
      ["`check`", "`false` or map", "", "Its check"],
      ["`check.retries`", "1 to 10", "`3`", "Times"],
      ["`rules`", "list of map", "`[]`", "Its rules"],
      ["`rules[].type`", "`true`, `false`", "must be given", "Type"],
      ["`tags`", "map of text", "", "Its tags"],
    ]);
  });

  it("has its own heading", () => {
    expect(keysTable(z.strictObject({}))).toBe("| Key | Value | Default | Meaning |\n| --- | --- | --- | --- |");
  });

  it("shows an empty map as default where its keys have no rows, and no meaning where none is given", () => {
    const schema = z.strictObject({ tags: z.record(z.string(), z.string()).default({}) });
    expect(keysTable(schema).split("\n").at(-1)).toBe("| `tags` | map of text | `{}` |  |");
  });

  it("has no row for values that it has no words for", () => {
    expect(() => keysTable(z.strictObject({ nothing: z.null() }))).toThrow(
      'No words for the values of {"type":"null"}',
    );
  });

  it("leaves the features to their own table", () => {
    const keys = rows(keysTable(clusterSchema)).map(([key]) => key);
    expect(keys).toEqual(expect.arrayContaining(["`features`", "`apiKey.secretsManagerArn`", "`image.tag`"]));
    expect(keys.filter((key) => key?.startsWith("`features."))).toEqual([]);
  });
});

describe("fillIn", () => {
  const text = "before\n\n<!-- keys -->\nstale\n<!-- /keys -->\n\nafter\n";

  it("replaces what stands between the markers, and nothing else", () => {
    const filled = fillIn(text, { keys: "| table |" });
    expect(filled).toBe("before\n\n<!-- keys -->\n\n<!-- prettier-ignore -->\n| table |\n\n<!-- /keys -->\n\nafter\n");
    expect(fillIn(filled, { keys: "| table |" })).toBe(filled);
  });

  it("takes markers from the first character on", () => {
    expect(fillIn("<!-- keys --><!-- /keys -->", { keys: "| table |" })).toBe(
      "<!-- keys -->\n\n<!-- prettier-ignore -->\n| table |\n\n<!-- /keys -->",
    );
  });

  it.each(["no markers", "<!-- keys --> without an end", "<!-- /keys --> <!-- keys -->"])("refuses %p", (wrong) => {
    expect(() => fillIn(wrong, { keys: "" })).toThrow("<!-- keys -->");
  });
});
