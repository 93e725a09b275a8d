import * as z from "zod";
import model from "./ecs-api.json";
import { isExpression } from "./expression";
import { list } from "./problem";
import { anyText, refuse, wholeNumber, withMeta } from "./schema";
import { each, empty, from, given, ITEM, not, type Operator, unlessEmpty, when } from "./term";

/**
 * Schemas of the ECS API. `npm run generate` writes the model from the type declarations of the AWS SDK: names, types,
 * enums and required members. Limits are only in the ECS documentation, so the settings add them.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */

/** A type of the API. */
export type ShapeName = keyof typeof model;

type Form =
  | "string"
  | "number"
  | "boolean"
  | { readonly enum: readonly [string, ...string[]] }
  | { readonly list: Form }
  | { readonly map: Form }
  | { readonly shape: ShapeName };

interface Shape {
  /** One sentence on each member, from the API's documentation. */
  readonly about: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly members: Readonly<Record<string, Form>>;
}

const schemas = new Map<ShapeName, z.ZodObject>();

/** The strict schema of a structure of the API. */
export function ecsShape(name: ShapeName): z.ZodObject {
  const known = schemas.get(name);
  if (known) return known;
  const { members, about, required = [] } = model[name] as Shape;
  const schema = asInApi(
    name,
    z.strictObject(
      Object.fromEntries(
        Object.entries(members).map(([member, form]) => {
          const value = schemaOf(form);
          const description = about[member] ?? "";
          return [member, withMeta(required.includes(member) ? value : value.optional(), { description })];
        }),
      ),
    ),
  );
  schemas.set(name, schema);
  return schema;
}

/** The same schema without some members. */
export function ecsShapeWithout(name: ShapeName, members: readonly string[]): z.ZodObject {
  const { shape } = ecsShape(name);
  const rest = Object.entries(shape).filter(([member]) => !members.includes(member));
  return asInApi(name, z.strictObject(Object.fromEntries(rest)));
}

/**
 * Adds the URL of the API reference. The documentation links to it instead of listing the members.
 * @param name the name of the type or action in the API reference
 */
export function asInApi<Schema extends z.ZodObject>(name: string, schema: Schema): Schema {
  return schema.meta({ $comment: `https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_${name}.html` });
}

/** The schema of one member of a structure. */
export function ecsMember(name: ShapeName, member: string): z.ZodType {
  const form = (model[name] as Shape).members[member];
  if (form === undefined) throw new Error(`${name} has no ${member}.`);
  return schemaOf(form);
}

/** A template that copies a structure of the API from a path; absent if the path is not set. */
export function ecsValue(name: ShapeName, path: string): Operator {
  return when(given(path), ecsFields(name, path));
}

/**
 * The same for a path that is always set.
 * @param without the members to skip
 */
export function ecsFields(
  name: ShapeName,
  path: string,
  without: readonly string[] = [],
): Readonly<Record<string, Operator>> {
  const { members } = model[name] as Shape;
  const fields = Object.entries(members).filter(([member]) => !without.includes(member));
  return Object.fromEntries(fields.map(([member, form]) => [member, termOf(form, `${path}.${member}`)]));
}

/** A template that copies a list of structures from a path; absent if the list is empty. */
export function ecsList(name: ShapeName, path: string): Operator {
  return when(not(empty(path)), each(from(path), ecsFields(name, ITEM)));
}

function termOf(form: Form, path: string): Operator {
  if (typeof form === "string" || "enum" in form) return from(path);
  if ("shape" in form) return ecsValue(form.shape, path);
  if ("list" in form && typeof form.list === "object" && "shape" in form.list) return ecsList(form.list.shape, path);
  return unlessEmpty(path);
}

function schemaOf(form: Form): z.ZodType {
  if (form === "string") return anyText();
  if (form === "number") return wholeNumber();
  if (form === "boolean") return z.boolean();
  if ("enum" in form) return oneOfWords(form.enum);
  if ("list" in form) return z.array(schemaOf(form.list));
  if ("map" in form) return z.record(z.string(), schemaOf(form.map));
  return z.lazy(() => ecsShape(form.shape));
}

/** An enum that accepts Terraform expressions, because it doesn't decide which resources exist. */
function oneOfWords(words: readonly string[]): z.ZodType {
  const message = `must be ${list(words, "or")}`;
  const schema = z.string().check(refuse<string>(message, (value) => !isExpression(value) && !words.includes(value)));
  return withMeta(schema, { enum: [...words] });
}
