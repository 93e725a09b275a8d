import { type Catalog, catalogOf } from "./core/catalog";
import * as features from "./features";
import { hosts } from "./hosts";
import { settings } from "./settings";

/** The catalog of this package. All other code gets it as a parameter, so that an app can extend it. */
export const catalog: Catalog = catalogOf({ features, settings, hosts });
