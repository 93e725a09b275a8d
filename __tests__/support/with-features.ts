import { catalog } from "../../lib/catalog";
import { type Catalog, catalogOf } from "../../lib/core/catalog";
import type { Features } from "../../lib/core/toggles";

/** The catalog with these features instead of the real ones, so that tests don't depend on new features. */
export function withFeatures(features: Features): Catalog {
  return catalogOf({ ...catalog, features });
}
