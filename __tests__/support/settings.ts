import type fc from "fast-check";
import { catalog } from "../../lib/catalog";
import { schemaOf } from "../../lib/core/catalog";
import type { Setting } from "../../lib/core/setting";
import { jsonSchema } from "../../lib/documentation/json-schema";
import { valueArbitrary } from "./values";

/** Values of a setting from its schema, with defaults. */
export function settingArbitrary(setting: Setting): fc.Arbitrary<unknown> {
  const schema = schemaOf(setting, catalog);
  return valueArbitrary(jsonSchema(schema))
    .map((value) => schema.safeParse(value))
    .filter(({ success }) => success)
    .map(({ data }) => data);
}
