import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from "@aws-sdk/client-ecs";
import type * as z from "zod";
import type { Contribution, Feature, Notice } from "./feature";
import type { Host, HostTrait } from "./host";
import type { Problem } from "./problem";
import type { Rule } from "./rule";
import type { Template } from "./term";

/** Everything that a configuration can use. It is a parameter everywhere, so that an app can extend it. */
export interface Registries {
  readonly features: Readonly<Record<string, Feature>>;
  readonly settings: Readonly<Record<string, Setting>>;
  readonly hosts: Readonly<Record<string, Host>>;
}

/**
 * Arguments of `aws_ecs_service`, with the names in CDKTF. A list of maps is a Terraform block.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service
 */
export type ServiceArguments = Readonly<Record<string, unknown>>;

/**
 * One key of a cluster other than `features`: its meaning, its values, and what it adds to the task and the service.
 * All else is derived from it: the JSON Schema, the props of the construct, the variable of the Terraform module,
 * `import`, `explain` and the tables in the documentation.
 */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  /** What it sets, in one line, for the JSON Schema, the tables and the module's variable. */
  readonly summary: string;
  /** Schema of its values, with the default. A function if it depends on the registries. */
  readonly schema: Schema | ((registries: Registries) => Schema);
  /**
   * What it belongs to: a daemon (in clusters.yaml, the construct and the module), a cluster in clusters.yaml, or a
   * stack. All clusters in a stack must have the same value of a stack setting.
   */
  readonly of: "daemon" | "cluster" | "stack";
  /** Schema of the prop of the construct, if it differs from clusters.yaml. */
  readonly prop?: z.ZodType;

  /** The default, if it depends on the host. */
  readonly defaultOn?: (host: Host) => unknown;
  /** Paths of settings that replace the default of the host if one of them is set. */
  readonly defaultUnless?: readonly string[];
  /** The values that a host supports, if not all. */
  readonly valuesOn?: (host: Host) => readonly string[];
  /** Traits that the host must have. */
  readonly requires?: readonly HostTrait[];
  /** Whether it applies only to the first host of a cluster. */
  readonly firstHostOnly?: true;
  /** Whether the other hosts of a cluster append their name to it. */
  readonly suffixedByHost?: true;

  /** Unknown keys that people try for the same purpose, with the message for each. */
  readonly insteadOf?: Readonly<Record<string, string>>;
  /** Why it can't be set in `defaults`. */
  readonly notInDefaults?: string;
  /** Whether it is a choice between several keys: a cluster then replaces the default instead of merging with it. */
  readonly isChoice?: true;
  /** Whether the created roles depend on it: clusters with `shareRoles` must then have the same value. */
  readonly shapesRoles?: true;
  /** Whether its values may be secrets, which messages must not show. */
  readonly mayBeSecret?: true;

  /** What it adds to the Agent's container definition. */
  readonly container?: { readonly [Field in keyof ContainerDefinition]?: Template<ContainerDefinition[Field]> };
  /** What it adds to the task definition. */
  readonly task?: {
    readonly [Field in keyof RegisterTaskDefinitionCommandInput]?: Template<RegisterTaskDefinitionCommandInput[Field]>;
  };
  /** Arguments of `aws_ecs_task_definition` that the API doesn't have. */
  readonly definition?: { readonly [Argument in keyof ServiceArguments]: Template<unknown> };
  /** What it adds to the Agent, like a feature. */
  readonly contribution?: Template<Contribution>;
  /** What it adds to the service. */
  readonly service?: { readonly [Argument in keyof ServiceArguments]: Template<unknown> };
  /** Rules on it and other settings. */
  readonly rules?: readonly Rule[] | ((registries: Registries) => readonly Rule[]);
  /** Rules that can't be written as a condition. Only in settings with `inCode`. */
  readonly rulesInCode?: readonly RuleInCode[];
  /** Notices about it. */
  readonly notices?: readonly Notice[];

  /**
   * Why its effect is code in the outputs instead of templates, or in addition to them. The contract tests check the
   * outputs.
   */
  readonly inCode?: string;
  /** The variable in the Terraform module. By default with the same name, type, default and checks. */
  readonly module?: ModuleVariable;
  /** Why `import` can't read it from a task definition. By default its templates are run backwards. */
  readonly notImported?: string;
}

/** A rule that is code. */
export interface RuleInCode {
  /** The dotted paths that it reads. If the schema refuses one of them, the rule is skipped. */
  readonly reads: readonly string[];
  /** @param settings a configuration in which the schema accepts these paths */
  problems(settings: Readonly<Record<string, unknown>>): readonly Problem[];
}

/** A setting in the Terraform module. */
export type ModuleVariable =
  /** There is no variable. */
  | {
      readonly none: string;
      /** Whether an entry of `modules` can still set it. */
      readonly entry?: true;
    }
  /** A part of another variable; `value` is the expression. */
  | { readonly partOf: string; readonly value: string }
  | {
      /** Whether it differs from cluster to cluster: an entry of `modules` then can't set its default. */
      readonly differsByCluster?: true;
      /** Whether null means none, like `false` or an unset key in clusters.yaml. */
      readonly nullable?: true;
      /**
       * Whether it has the field names of the API and the type `any`. With an object type Terraform would silently drop
       * unknown attributes.
       */
      readonly asInApi?: true;
      /** Schema of the variable, if it differs from clusters.yaml. */
      readonly schema?: z.ZodType;
      readonly summary?: string;
    };

/** Infers the type of the schema. Returns its argument. */
export function defineSetting<Schema extends z.ZodType>(setting: Setting<Schema>): Setting<Schema> {
  return setting;
}
