import type { Backend } from "../configuration/interfaces";
import * as z from "zod";
import type { Problem } from "../core/problem";
import { list } from "../core/problem";
import { oneOf, text } from "../core/schema";
import { defineSetting } from "../core/setting";
import * as arn from "../core/arn";

const someText = (what: string) => text(`${what}: one line of text, not empty`, /^[^\n]+$/);
const url = (what: string) => text(what, /^https?:\/\/\S+$/);
const stateKey = (what: string) =>
  text(`${what}: a path without a leading or trailing slash`, /^[^/\s](?:\S*[^/\s])?$/).default(
    "datadog-agent/{name}.tfstate",
  );

const s3 = z.strictObject({
  bucket: text("the name of an S3 bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).describe("S3 bucket of the state"),
  key: stateKey("the key of the state in the bucket").describe("Key of the state; `{name}` is the stack's name"),
  region: text("an AWS region such as eu-west-1", arn.REGION_NAME).describe("Region of the bucket"),
  useLockfile: z
    .boolean()
    .default(true)
    .describe("Lock the state with a lock file next to it; needs Terraform 1.10 or later"),
  kmsKeyId: text("the ARN of a KMS key", arn.KMS_KEY).optional().describe("ARN of the KMS key that encrypts the state"),
  roleArn: text("the ARN of an IAM role", arn.ROLE)
    .optional()
    .describe("IAM role that reads and writes the state; needs Terraform 1.6 or later"),
});

/** Always written, because OpenTofu has no default host. */
const hostname = text("a host name", /^[a-z0-9.-]+(?::[0-9]+)?$/i).default("app.terraform.io");
const organization = text("the name of an organization", /^[\w-]+$/);
const workspaceName = text("the name of a workspace: letters, digits, - and _", /^[\w{}-]+$/);

const remote = z.strictObject({
  hostname: hostname.describe("Host name of HCP Terraform or Terraform Enterprise"),
  organization: organization.describe("Name of the organization"),
  workspace: workspaceName
    .default("datadog-agent-{name}")
    .describe("Name of the workspace; `{name}` is the stack's name"),
});

const cloud = z.strictObject({
  hostname: hostname.describe("Host name of HCP Terraform or Terraform Enterprise"),
  organization: organization.describe("Name of the organization"),
  project: someText("the name of a project").optional().describe("Name of the project"),
  workspace: workspaceName
    .optional()
    .describe("Name of the workspace; `{name}` is the stack's name. By default `datadog-agent-{name}`"),
  tags: z
    .array(text("a tag of a workspace", /^[a-z0-9:_-]+$/))
    .min(1, { error: "must name at least one tag" })
    .optional()
    .describe("Instead of `workspace`: tags that select the workspaces"),
});

const gcs = z.strictObject({
  bucket: text("the name of a bucket", /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/).describe(
    "Cloud Storage bucket of the state",
  ),
  prefix: text("a path in the bucket", /^\S+$/)
    .default("datadog-agent/{name}")
    .describe("Prefix of the state's objects"),
});

const azurerm = z.strictObject({
  resourceGroupName: someText("a resource group").describe("Resource group of the storage account"),
  storageAccountName: text("the name of a storage account", /^[a-z0-9]{3,24}$/).describe("Name of the storage account"),
  containerName: text("the name of a container", /^[a-z0-9-]{3,63}$/).describe("Blob container of the state"),
  key: stateKey("the name of the blob").describe("Name of the state blob"),
});

const http = z.strictObject({
  address: url("the URL of the state").describe("URL that reads and writes the state; `{name}` is the stack's name"),
  lockAddress: url("the URL that locks the state").optional().describe("URL that locks the state"),
  unlockAddress: url("the URL that unlocks the state").optional().describe("URL that unlocks the state"),
  lockMethod: oneOf(["LOCK", "POST", "PUT"]).optional().describe("HTTP method that locks the state; by default LOCK"),
  unlockMethod: oneOf(["UNLOCK", "DELETE", "POST", "PUT"]).optional().describe("HTTP method that unlocks the state"),
});

const local = z.strictObject({
  path: text("the path of a file", /^\S+$/).describe("Path of the state file, relative to the stack's folder"),
});

const kinds = { s3, remote, cloud, gcs, azurerm, http, local } as const;
type Kind = keyof typeof kinds;
const KINDS = Object.keys(kinds) as Kind[];
export const backendSchema = z.strictObject({
  s3: s3.optional().describe("S3 bucket"),
  remote: remote.optional().describe("HCP Terraform or Terraform Enterprise, with the older `remote` backend"),
  cloud: cloud.optional().describe("HCP Terraform or Terraform Enterprise, with the `cloud` block"),
  gcs: gcs.optional().describe("Google Cloud Storage bucket"),
  azurerm: azurerm.optional().describe("Azure Blob Storage"),
  http: http.optional().describe("HTTP endpoint"),
  local: local.optional().describe("Local file"),
});
export const backend = defineSetting({
  summary: "Terraform backend for the state, one of these; by default a local file next to the output folder",
  of: "stack",
  schema: backendSchema.optional(),
  isChoice: true,
  rulesInCode: [
    {
      reads: ["backend"],
      problems: ({ backend: given }) =>
        given === undefined
          ? []
          : backendProblems(given as Readonly<Record<string, unknown>>).map(({ path, message }) => ({
              path: ["backend", ...path],
              message,
            })),
    },
  ],
  inCode: "each backend has its own Terraform block",
  notImported: "a task definition doesn't contain Terraform settings",
});

export type { Backend };

/** Relative to the stack's folder. The state is next to the output folder, which can be deleted at any time. */
export const DEFAULT_BACKEND: Backend = { local: { path: "../../../terraform.{name}.tfstate" } };

/** A backend in Terraform's JSON syntax. */
export interface RenderedBackend {
  /** The block inside `terraform`: `{ backend: { s3: {…} } }` or `{ cloud: {…} }`. */
  readonly block: Readonly<Record<string, unknown>>;
  /** The oldest Terraform version that supports all of it. */
  readonly terraform: "1.5.0" | "1.6.0" | "1.10.0";
}

/** Problems of a backend as a whole. Paths are relative to it. */
export function backendProblems(backend: Readonly<Partial<Record<string, unknown>>>): readonly Problem[] {
  const given = KINDS.filter((kind) => backend[kind] !== undefined);
  if (given.length !== 1) {
    return [
      {
        path: [],
        message: `must have exactly one of ${list(KINDS)}, got ${given.length === 0 ? "none" : list(given)}.`,
      },
    ];
  }
  const { workspace, tags } = (backend.cloud ?? {}) as Partial<Record<string, unknown>>;
  return workspace !== undefined && tags !== undefined
    ? [{ path: ["cloud", "tags"], message: "can't be combined with `workspace`, got both." }]
    : [];
}

/** Renders the backend of a stack. Credentials come from the environment, never from the file. */
export function renderBackend(backend: Backend, stack: string): RenderedBackend {
  const named = JSON.parse(JSON.stringify(backend), (_key, value: unknown) =>
    typeof value === "string" ? value.replaceAll("{name}", () => stack) : value,
  ) as Backend;
  const { s3: bucket, remote: enterprise, cloud: hcp } = named;
  if (bucket) {
    const { kmsKeyId, roleArn, useLockfile, ...rest } = bucket;
    const block = {
      ...rest,
      encrypt: true,
      ...(kmsKeyId && { kms_key_id: kmsKeyId }),
      ...(useLockfile && { use_lockfile: true }),
      ...(roleArn && { assume_role: { role_arn: roleArn } }),
    };
    return { block: { backend: { s3: block } }, terraform: useLockfile ? "1.10.0" : roleArn ? "1.6.0" : "1.5.0" };
  }
  if (enterprise) {
    const { workspace, ...rest } = enterprise;
    return { block: { backend: { remote: { ...rest, workspaces: { name: workspace } } } }, terraform: "1.5.0" };
  }
  if (hcp) {
    const { workspace = `datadog-agent-${stack}`, tags, project, ...rest } = hcp;
    const workspaces = { ...(tags ? { tags } : { name: workspace }), ...(project && { project }) };
    return { block: { cloud: { ...rest, workspaces } }, terraform: project ? "1.6.0" : "1.5.0" };
  }
  const [[kind, settings] = ["", {}]] = Object.entries(named);
  return { block: { backend: { [kind]: snakeKeys(settings) } }, terraform: "1.5.0" };
}

function snakeKeys(settings: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
