/**
 * Writes lib/core/ecs-api.json, the ECS API's model of a task definition, from the type declarations of the AWS SDK.
 * Only this script and tests need the SDK's declarations.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

const sdk = dirname(createRequire(import.meta.url).resolve("@aws-sdk/client-ecs/package.json"));
const files = ["models_0", "models_1", "enums"].map((name) => join(sdk, `dist-types/models/${name}.d.ts`));
const statements = files.flatMap(
  (file) => ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest).statements,
);
const interfaces = new Map(statements.filter(ts.isInterfaceDeclaration).map((node) => [node.name.text, node]));
const unions = new Map(statements.filter(ts.isTypeAliasDeclaration).map((node) => [node.name.text, node.type]));
const enums = new Map(
  statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .filter(({ type }) => type !== undefined && ts.isTypeLiteralNode(type))
    .map(({ name, type }) => [name.text, type.members.map((member) => member.type.literal.text).sort()]),
);

const shapes = {};

/** The model of a type: `{ "shape": "LogConfiguration" }`, `{ "list": "string" }`, `{ "enum": [ … ] }`. */
function formOf(node) {
  if (ts.isUnionTypeNode(node)) return formOf(node.types.find(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword));
  if (ts.isArrayTypeNode(node)) return { list: formOf(node.elementType) };
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return "string";
    case ts.SyntaxKind.NumberKeyword:
      return "number";
    case ts.SyntaxKind.BooleanKeyword:
      return "boolean";
  }
  const name = node.typeName.text;
  if (name === "Record") return { map: formOf(node.typeArguments[1]) };
  if (enums.has(name)) return { enum: enums.get(name) };
  const declaration = interfaces.get(name);
  if (declaration === undefined) {
    // A union of structures.
    shapes[name] ??= { members: {} };
    for (const { typeName } of unions.get(name).types) {
      for (const member of interfaces.get(typeName.right.text)?.members ?? []) addMember(shapes[name], member);
    }
    return { shape: name };
  }
  addShape(name, declaration);
  return { shape: name };
}

function addShape(name, declaration) {
  if (name in shapes) return;
  shapes[name] = { members: {} };
  for (const member of declaration.members) addMember(shapes[name], member);
}

/** A member without a question mark is required, even if its type includes undefined. */
function addMember(shape, { name, type, questionToken, jsDoc = [] }) {
  if (questionToken === undefined) shape.required = [...(shape.required ?? []), name.text].sort();
  shape.members[name.text] = formOf(type);
  shape.about = { ...shape.about, [name.text]: firstSentence(ts.getTextOfJSDocComment(jsDoc.at(-1)?.comment) ?? "") };
}

/** The first sentence of a member's documentation, as plain text. */
function firstSentence(html) {
  const text = html
    .replace(/<\/p>[^]*$/, "")
    .replace(/<[^>]+>/g, "")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
  return (/^.*?[a-z)`"](?=[.:](?:\s|$))/.exec(text)?.[0] ?? text.replace(/\.$/, "")).trim();
}

addShape("RegisterTaskDefinitionRequest", interfaces.get("RegisterTaskDefinitionRequest"));
/** Removes unions without members, which the API doesn't use yet. */
for (const shape of Object.values(shapes)) {
  for (const [member, form] of Object.entries(shape.members)) {
    if (form.shape && Object.keys(shapes[form.shape].members).length === 0) delete shape.members[member];
  }
}
for (const [name, { members }] of Object.entries(shapes)) if (Object.keys(members).length === 0) delete shapes[name];

const sorted = Object.fromEntries(
  Object.entries(shapes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { members, required, about }]) => [
      name,
      {
        ...(required && { required }),
        about: Object.fromEntries(Object.keys(members).map((member) => [member, about[member]])),
        members: Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1))),
      },
    ]),
);
const text = `${JSON.stringify(sorted, null, 1)}\n`;
const target = "lib/core/ecs-api.json";
if (!process.argv.includes("--check")) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error(`${target} isn't up to date. Run \`npm run generate\`.`);
  process.exitCode = 1;
}
