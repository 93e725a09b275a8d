import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";
import type * as z from "zod";
import { catalog } from "../../lib/catalog";
import { checkedJsonSchema, type JsonSchema, jsonSchema } from "../../lib/documentation/json-schema";
import { settingsTable } from "../../lib/documentation/settings-table";
import { type Place, placesOf, schemaAt } from "./places";

/** Every key and its rules must be in the generated files. */

const ROOT = resolve(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

const { schemas } = catalog;
const settings = Object.entries(catalog.settings).map(([key, setting]) => ({ key, setting: setting }));

function keysOf(schema: JsonSchema): readonly (Place & { readonly description: string })[] {
  return placesOf(schema).map((place) => ({ ...place, description: place.schema.description ?? "(no meaning)" }));
}

describe("the JSON Schema", () => {
  const { properties = {} } = JSON.parse(read("clusters.schema.json")) as JsonSchema;
  const itemsOf = (key: string) => (properties[key] as JsonSchema).items as JsonSchema;
  const written = {
    clusters: placesOf(itemsOf("clusters")),
    defaults: placesOf(properties.defaults as JsonSchema),
    modules: placesOf(itemsOf("modules")),
  };

  it.each(placesOf(jsonSchema(schemas.cluster)))("has what it may be in a cluster: $path", ({ path, schema }) => {
    expect(written.clusters.find((place) => place.path === path)?.schema).toEqual(schema);
  });

  it.each(["clusters", "defaults", "modules"])("has the schema of %s", (key) => {
    expect(properties[key]).toEqual(jsonSchema(schemas.file).properties?.[key]);
  });

  it.each(settings)("has a description: $key", ({ key, setting }) => {
    expect(itemsOf("clusters").properties).toHaveProperty(
      key,
      expect.objectContaining({ description: setting.summary }),
    );
  });

  it.each(settings)("has it in the defaults, or the setting says why not: $key", ({ key, setting }) => {
    const hasIt = written.defaults.some(({ path }) => isOf(key, path));
    expect(hasIt).toBe(setting.notInDefaults === undefined);
    expect(setting.notInDefaults ?? "a reason").toMatch(REASON);
  });

  it.each(settings)("has it in an entry of modules, or the setting says why not: $key", ({ key, setting }) => {
    const { of, module = {} } = setting;
    const reason =
      of !== "daemon"
        ? `it is the ${of}'s`
        : "partOf" in module
          ? `it is a part of ${module.partOf}`
          : "none" in module && module.entry !== true
            ? module.none
            : "differsByCluster" in module
              ? "it differs from cluster to cluster"
              : undefined;
    // Only modules have this name.
    const hasIt = key !== "name" && written.modules.some(({ path }) => isOf(key, path));
    expect(hasIt ? undefined : "for a reason").toBe(reason && "for a reason");
    expect(reason ?? "a reason").toMatch(REASON);
  });
});

/** Continues after a colon. */
const REASON = /^[a-z`].*[^.]$/;

function isOf(key: string, path: string): boolean {
  return `${path}.`.startsWith(`${key}.`);
}

/** The types of keys, by name. */
const types = new Map<string, ts.TypeNode>();

describe("the generated interface", () => {
  const file = ts.createSourceFile(
    "interfaces.ts",
    read("lib/configuration/interfaces.ts"),
    ts.ScriptTarget.Latest,
    true,
  );
  for (const { name, type } of file.statements.filter(ts.isTypeAliasDeclaration)) types.set(name.text, type);
  const interfaces = new Map(
    file.statements.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, membersOf(each.members)] as const),
  );

  it.each<[string, JsonSchema]>([
    ["DatadogAgentDaemonProps", jsonSchema(schemas.daemon)],
    ["Cluster", checkedJsonSchema(schemas.cluster)],
    ["Settings", checkedJsonSchema(schemas.settings.strict())],
    ["Module", checkedJsonSchema(schemas.module)],
  ])("%s has every key, with what it means", (name, schema) => {
    const members = interfaces.get(name) ?? new Map<string, Member>();
    const wanted = keysOf(schema).map(({ path, description }) => [path, description]);
    expect(wanted.length).toBeGreaterThan(30);
    expect(wanted.map(([path = ""]) => [path, members.get(path)?.meaning])).toEqual(wanted);
  });

  it.each<[string, z.ZodObject, "input" | "output"]>([
    ["DatadogAgentDaemonProps", schemas.daemon, "input"],
    ["Cluster", schemas.cluster, "output"],
    ["Settings", schemas.settings, "output"],
    ["Module", schemas.module, "output"],
  ])("%s has the required keys of the schema", (name, schema, io) => {
    const { required = [] } = io === "input" ? jsonSchema(schema) : checkedJsonSchema(schema);
    const needed = [...(interfaces.get(name) ?? [])].filter(
      ([path, { isOptional }]) => !path.includes(".") && !isOptional,
    );
    expect(needed.map(([path]) => path)).toEqual(Object.keys(schema.shape).filter((key) => required.includes(key)));
  });
});

interface Member {
  readonly meaning: string;
  readonly isOptional: boolean;
}

/** The members of an interface by dotted path, at any depth. */
function membersOf(members: ts.NodeArray<ts.TypeElement>, prefix = ""): Map<string, Member> {
  const found = new Map<string, Member>();
  for (const member of members) {
    if (!ts.isPropertySignature(member) || member.type === undefined) continue;
    const path = prefix + member.name.getText();
    const [comment] = ts.getJSDocCommentsAndTags(member);
    const meaning = comment === undefined ? "" : (ts.getTextOfJSDocComment(comment.comment) ?? "");
    found.set(path, { meaning: meaning.replace(/\.$/, ""), isOptional: member.questionToken !== undefined });
    for (const [inner, value] of innerMembers(member.type, `${path}.`)) found.set(inner, value);
  }
  return found;
}

function innerMembers(type: ts.TypeNode, prefix: string): Map<string, Member> {
  if (ts.isTypeOperatorNode(type)) return innerMembers(type.type, prefix);
  if (ts.isTypeReferenceNode(type)) {
    const named = types.get(type.typeName.getText());
    return named === undefined ? new Map<string, Member>() : innerMembers(named, prefix);
  }
  if (ts.isTypeLiteralNode(type)) return membersOf(type.members, prefix);
  if (ts.isArrayTypeNode(type)) return innerMembers(type.elementType, `${prefix}0.`);
  const inner = ts.isUnionTypeNode(type) ? type.types : [];
  return new Map(inner.flatMap((each) => [...innerMembers(each, prefix)]));
}

describe("the table of what settings reach", () => {
  const rows = (text: string) => text.split("\n").filter((line) => line.startsWith("| `"));
  const written = rows(read("docs/settings.md"));

  it.each(settings)("has a row for $key", ({ key, setting }) => {
    expect(written).toContain(rows(settingsTable({ [key]: setting }))[0]);
  });

  it("has no others", () => {
    expect(written).toHaveLength(settings.length);
  });
});

describe("the page about configuration", () => {
  const tableOf = (name: string) => {
    const [, table = ""] =
      new RegExp(`<!-- ${name} -->([^]*)<!-- /${name} -->`).exec(read("docs/configuration.md")) ?? [];
    return new Map(
      [...table.matchAll(/^\| (.*) \|$/gm)].map(([, row = ""]) => {
        const [key = "", ...cells] = row.split(/(?<!\\) \| /);
        return [key, cells] as const;
      }),
    );
  };
  const keys = tableOf("keys");
  const features = tableOf("features");

  const ofCluster = jsonSchema(schemas.cluster);
  /** The page of the API reference that describes the fields. */
  const pageAround = (path: string) =>
    path.split(".").flatMap((_key, index, keys) => {
      const around = index === 0 ? undefined : schemaAt(ofCluster, keys.slice(0, index));
      return (around?.type === "array" ? (around.items as JsonSchema) : around)?.$comment ?? [];
    })[0];
  const rowOf = (path: string) => {
    const key = path.replaceAll(".0.", "[].");
    return key.startsWith("features.") ? features.get(`\`${key.slice(9)}\``) : keys.get(`\`${key}\``);
  };
  const places = keysOf(ofCluster).map((place) => ({ ...place, page: pageAround(place.path) }));

  it.each(places.filter(({ page }) => page === undefined))("has a row for it: $path", ({ path, description }) => {
    expect(rowOf(path)).toContain(description.replaceAll("|", "\\|"));
  });

  it.each(places.filter(({ page }) => page !== undefined))(
    "has the API's page in place of a row for it: $path",
    ({ path, page = "" }) => {
      expect(rowOf(path)).toBeUndefined();
      const around = path.split(".").map((_key, index, keys) => keys.slice(0, index).join("."));
      const values = around.flatMap((each) => rowOf(each.replace(/\.0$/, "")) ?? []);
      expect(values.filter((value) => value.includes(`](${page})`))).not.toEqual([]);
    },
  );

  it.each(settings)("has a row for the setting: $key", ({ key, setting }) => {
    expect(keys.get(`\`${key}\``)).toContain(setting.summary.replaceAll("|", "\\|"));
  });
});
