/** Arguments of a resource, a data source or a provider, under Terraform's names. */
export type Attributes = Readonly<Record<string, unknown>>;

/** Resources or data sources: by type, then by name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** A stack in Terraform's JSON syntax, as far as permissions follow from it. */
export interface StackJson {
  readonly provider?: { readonly aws?: readonly Attributes[] };
  readonly terraform?: { readonly backend?: Readonly<Record<string, Attributes>> };
  readonly resource?: Blocks;
  readonly data?: Blocks;
}

/** Conditions of a statement: by operator, then by condition key. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Where a stack is deployed to, and what it consists of. What isn't known is a wildcard. */
export interface Target {
  readonly partition: string;
  readonly region: string;
  readonly accounts: readonly string[];
  /** Whether the provider tags everything that it creates. */
  readonly hasDefaultTags: boolean;
  readonly resources: Blocks;
}

/** What Terraform's AWS provider calls for a type of resource. */
export interface Permission {
  /** As IAM names them. */
  readonly actions: readonly string[];
  /** The ARNs that the actions are narrowed to; "*" for actions without resource-level permissions. */
  readonly on: "*" | ((attributes: Attributes, target: Target) => readonly string[]);
  /** Whether a resource needs it; by default every one does. */
  readonly when?: (attributes: Attributes, target: Target) => boolean;
  readonly condition?: (attributes: Attributes, target: Target) => Condition;
}

/** By type of resource, such as `aws_iam_role`. */
export type PermissionTable = Readonly<Record<string, readonly Permission[]>>;
