import type { Registry } from "../../lib/core/toggles";

/**
 * What `load` requires, loaded anew with these features in place of the real ones: what is expected of a few features
 * doesn't change with the next one.
 * @param load gets its modules by `jest.requireActual`; those that are imported have the real features
 */
export function withFeatures<Loaded>(features: Registry, load: () => Loaded): Loaded {
  const loaded: Loaded[] = [];
  jest.isolateModules(() => {
    // Else `import *` would find a feature by the name of `default`.
    jest.doMock<object>("../../lib/features", () =>
      Object.defineProperty({ ...features }, "__esModule", { value: true }),
    );
    loaded.push(load());
  });
  jest.dontMock("../../lib/features");
  return loaded[0] as Loaded;
}
