import * as z from "zod";
import { catalog } from "../../lib/catalog";
import { asInApi } from "../../lib/core/ecs-model";
import { defineFeature, type Feature } from "../../lib/core/feature";
import { defineSetting } from "../../lib/core/setting";
import * as registry from "../../lib/features";
import { featuresTable, fillIn, hostDefaults, keysTable } from "../../lib/documentation/readme-tables";
import { hosts } from "../../lib/hosts";

/** The cells of every row below the heading. */
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
      volume: asInApi("Volume", z.strictObject({ name: z.string() }))
        .optional()
        .describe("A volume"),
    }),
    optionRequires: { socket: ["unix-sockets"] },
    optionSince: { socket: "7.60" },
    optionNeeds: { socket: "plain" },
    optionSites: { socket: { only: ["ddog-gov.com"], because: "of those" } },
    brokenIn: [{ version: "7.51.0", because: "of that" }],
    needs: { plain: "of this" },
    through: { other: "of that" },
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

  it("has a row for each feature and option, with their requirements", () => {
    expect(featuresTable({ plain, example }, hosts).split("\n")).toEqual([
      "| Feature | Default | Description | Hosts | Requires |",
      "| --- | --- | --- | --- | --- |",
      "| `example` | off | Does this \\| that | `linux`, `amazon-linux-1` | `launchType: EC2`; `site: ddog-gov.com`; `networkMode: host` or `networkMode: awsvpc`; Agent 7.50; not Agent 7.51.0; `plain`; not `other: false`; not `plain` |",
      "| `example.image` | `example:1` | The image |  |  |",
      "| `example.socket` | `false` | Listen | `linux`, `amazon-linux-1` | `site: ddog-gov.com`; Agent 7.60; `plain` |",
      "| `example.volume` |  | A volume: [Volume](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html) |  |  |",
      "| `plain` | off | Plain | all |  |",
    ]);
  });

  it.each<[string, Partial<Feature>, string]>([
    ["is on by default", { onByDefault: true }, "on with these hosts and sites"],
    ["has a flavor", { imageFlavor: "fips" }, "on with `image.flavor: fips`"],
    ["has the Agent's default", { leftToAgent: true }, "the Agent's default"],
  ])("shows that a feature %s", (_what, feature, expected) => {
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
      ["`name`", "text", "required", "Its name"],
      ["`kind`", "`a`, `b`", "`a`", "Its kind"],
      ["`check`", "`false` or map", "", "Its check"],
      ["`check.retries`", "1 to 10", "`3`", "Times"],
      ["`rules`", "list of map", "`[]`", "Its rules"],
      ["`rules[].type`", "`true`, `false`", "required", "Type"],
      ["`tags`", "map of text", "", "Its tags"],
    ]);
  });

  it("has a heading", () => {
    expect(keysTable(z.strictObject({}))).toBe("| Key | Type | Default | Description |\n| --- | --- | --- | --- |");
  });

  it("shows an empty map as default if its keys have no rows, and no description if there is none", () => {
    const schema = z.strictObject({ tags: z.record(z.string(), z.string()).default({}) });
    expect(keysTable(schema).split("\n").at(-1)).toBe("| `tags` | map of text | `{}` |  |");
  });

  it("throws for unknown types", () => {
    expect(() => keysTable(z.strictObject({ nothing: z.null() }))).toThrow(
      'No words for the values of {"type":"null"}',
    );
  });

  it("has no features, which have their own table", () => {
    const keys = rows(keysTable(catalog.schemas.cluster)).map(([key]) => key);
    expect(keys).toEqual(expect.arrayContaining(["`features`", "`apiKey.secretsManagerArn`", "`image.tag`"]));
    expect(keys.filter((key) => key?.startsWith("`features."))).toEqual([]);
  });
});

describe("hostDefaults", () => {
  const { linux } = hosts;
  const setting = (defaultOn?: (host: typeof linux) => unknown) =>
    defineSetting({ summary: "A setting", of: "daemon", schema: z.number().optional(), defaultOn });
  const of = (cpus: readonly number[]) =>
    hostDefaults({
      settings: { plain: setting(), cpu: setting(({ cpu }) => cpu) },
      hosts: Object.fromEntries(cpus.map((cpu, index) => [`host-${index}`, { ...linux, cpu }])),
    });

  it.each([
    [[100], "`100`"],
    [[100, 100], "`100`"],
    [[100, 512], "`100`; `512` on `host-1`"],
    [[100, 512, 7, 512], "`100`; `512` on `host-1` and `host-3`; `7` on `host-2`"],
  ])("for hosts with %j: %s", (cpus, words) => {
    expect(of(cpus)).toEqual({ cpu: words });
  });

  it("name the keys that replace the default", () => {
    const memory = { ...setting(({ cpu }) => cpu), defaultUnless: ["other", "task.memory"] };
    expect(hostDefaults({ settings: { memory }, hosts: { linux: { ...linux, cpu: 100 } } })).toEqual({
      memory: "`100`; none with `other` or `task.memory`",
    });
  });

  it("are in the table of keys, for keys without a default in the schema", () => {
    const schema = z.strictObject({ cpu: z.int().min(1).max(2).optional(), tag: z.string().default("latest") });
    const cells = rows(keysTable(schema, { cpu: "`100`", tag: "`other`" })).map(([, , fallback]) => fallback);
    expect(cells).toEqual(["`100`", "`latest`"]);
  });
});

describe("fillIn", () => {
  const text = "before\n\n<!-- keys -->\nstale\n<!-- /keys -->\n\nafter\n";

  it("replaces only the text between the markers", () => {
    const filled = fillIn(text, { keys: "| table |" });
    expect(filled).toBe("before\n\n<!-- keys -->\n\n<!-- prettier-ignore -->\n| table |\n\n<!-- /keys -->\n\nafter\n");
    expect(fillIn(filled, { keys: "| table |" })).toBe(filled);
  });

  it("accepts markers at the start of the text", () => {
    expect(fillIn("<!-- keys --><!-- /keys -->", { keys: "| table |" })).toBe(
      "<!-- keys -->\n\n<!-- prettier-ignore -->\n| table |\n\n<!-- /keys -->",
    );
  });

  it.each(["no markers", "<!-- keys --> without an end", "<!-- /keys --> <!-- keys -->"])("refuses %p", (wrong) => {
    expect(() => fillIn(wrong, { keys: "" })).toThrow("<!-- keys -->");
  });
});
