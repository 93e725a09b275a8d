import type { Catalog } from "../../core/catalog";
import { hostOf } from "../../core/scope";
import type { Definition } from "./definition";
import { type Facts } from "./facts";
import { isOperator } from "../../core/term";
import { matches, type RecognizedFeature } from "./features";
import { argumentsOf, type RunningService } from "./service";
import { type View, viewOf } from "./view";

/** The task definition to import. */
export interface Subject {
  readonly catalog: Catalog;
  readonly definition: Definition;
  readonly hostName: string;
  /** The facts of the definition. */
  readonly original: Facts;
  /** The name of the stack. */
  readonly name: string;
  /** The service that runs the task definition, if known. */
  readonly service?: RunningService;
}

/** The input for recognizing settings. */
export interface Source extends Subject {
  /** The enabled features. */
  readonly features: readonly RecognizedFeature[];
  /** The definition without what the features add, and the service. */
  readonly view: View;
}

export function sourceOf(subject: Subject, features: readonly RecognizedFeature[]): Source {
  const { catalog, definition, hostName, original, service } = subject;
  const isFromFeature = (path: string) =>
    features.some(({ facts }) => {
      const fact = facts.get(path);
      return fact !== undefined && matches(fact, original.get(path));
    });
  const rest = new Map([...original].filter(([path]) => !isFromFeature(path)));
  const contributed = Object.values(catalog.settings).flatMap(({ contribution }) =>
    isOperator(contribution) ? [] : Object.keys(contribution?.dockerLabels ?? {}),
  );
  const host = hostOf(catalog, { host: hostName });
  const view = viewOf(definition, rest, { host, contributed }, service && argumentsOf(service));
  return { ...subject, features, view };
}
