import { z } from "zod";
import type { Problem } from "../core/problem";
import { list } from "../core/problem";
import { oneOf, text } from "../core/schema";
import * as arn from "./arn";

/** Where Terraform keeps a stack's state: one of Terraform's own backends. `{name}` is the name of the stack. */

const someText = (what: string) => text(`${what}: text that isn't empty, of one line`, /^[^\n]+$/);
const url = (what: string) => text(`${what}: a URL`, /^https?:\/\/\S+$/);
const stateKey = (what: string) =>
  text(`${what}: a path without a slash at its ends`, /^[^/\s](?:\S*[^/\s])?$/).default("datadog-agent/{name}.tfstate");

const s3 = z.strictObject({
  bucket: text("the name of an S3 bucket", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/).describe("Bucket of the states"),
  key: stateKey("the key of the state in the bucket").describe("Key of the state; `{name}` is the stack"),
  region: text("an AWS region such as eu-west-1", arn.REGION_NAME).describe("Region of the bucket"),
  useLockfile: z.boolean().default(true).describe("Lock the state by a file beside it; needs Terraform 1.10 or later"),
  kmsKeyId: text("the ARN of a KMS key", arn.KMS_KEY).optional().describe("ARN of the KMS key that encrypts the state"),
  roleArn: text("the ARN of an IAM role", arn.ROLE)
    .optional()
    .describe("Role that reads and writes the state; needs Terraform 1.6 or later"),
});

const hostname = text("a host name", /^[a-z0-9.-]+(?::[0-9]+)?$/i).optional();
const organization = text("the name of an organization", /^[\w-]+$/);
const workspaceName = text("the name of a workspace: letters, digits, - and _", /^[\w{}-]+$/);

const remote = z.strictObject({
  hostname: hostname.describe("Host of Terraform Enterprise; by default HCP Terraform's"),
  organization: organization.describe("Organization"),
  workspace: workspaceName.default("datadog-agent-{name}").describe("Workspace; `{name}` is the stack"),
});

const cloud = z.strictObject({
  hostname: hostname.describe("Host of Terraform Enterprise; by default HCP Terraform's"),
  organization: organization.describe("Organization"),
  project: someText("the name of a project").optional().describe("Project of the workspace"),
  workspace: workspaceName.optional().describe("Workspace; `{name}` is the stack, by default `datadog-agent-{name}`"),
  tags: z
    .array(text("a tag of a workspace", /^[a-z0-9:_-]+$/))
    .min(1, { error: "must name at least one tag" })
    .optional()
    .describe("In place of `workspace`: tags of the workspaces to choose from"),
});

const gcs = z.strictObject({
  bucket: text("the name of a bucket", /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/).describe("Bucket of the states"),
  prefix: text("a path in the bucket", /^\S+$/).default("datadog-agent/{name}").describe("Folder of the state"),
});

const azurerm = z.strictObject({
  resourceGroupName: someText("a resource group").describe("Resource group of the storage account"),
  storageAccountName: text("the name of a storage account", /^[a-z0-9]{3,24}$/).describe("Storage account"),
  containerName: text("the name of a container", /^[a-z0-9-]{3,63}$/).describe("Container of the states"),
  key: stateKey("the name of the blob").describe("Name of the state's blob"),
});

const http = z.strictObject({
  address: url("where the state is").describe("Where the state is read and written; `{name}` is the stack"),
  lockAddress: url("where the state is locked").optional().describe("Where the state is locked"),
  unlockAddress: url("where the state is unlocked").optional().describe("Where the state is unlocked"),
  lockMethod: oneOf(["LOCK", "POST", "PUT"]).optional().describe("HTTP method that locks, by default LOCK"),
  unlockMethod: oneOf(["UNLOCK", "DELETE", "POST", "PUT"]).optional().describe("HTTP method that unlocks"),
});

const local = z.strictObject({
  path: text("the path of a file", /^\S+$/).describe("File of the state, seen from the stack's folder"),
});

const kinds = { s3, remote, cloud, gcs, azurerm, http, local } as const;
type Kind = keyof typeof kinds;
const KINDS = Object.keys(kinds) as Kind[];

export const backendSchema = z.strictObject({
  s3: s3.optional().describe("In an S3 bucket"),
  remote: remote.optional().describe("In HCP Terraform or Terraform Enterprise, by the older block `remote`"),
  cloud: cloud.optional().describe("In HCP Terraform or Terraform Enterprise, by the block `cloud`"),
  gcs: gcs.optional().describe("In a bucket of Google Cloud Storage"),
  azurerm: azurerm.optional().describe("In Azure's Blob Storage"),
  http: http.optional().describe("Behind an HTTP address"),
  local: local.optional().describe("In a file"),
});
export type Backend = z.output<typeof backendSchema>;

/** Relative to the stack's folder: the state lies beside the output folder, which may be removed at any time. */
export const DEFAULT_BACKEND: Backend = { local: { path: "../../../terraform.{name}.tfstate" } };

/** A backend as Terraform's JSON syntax has it. */
export interface RenderedBackend {
  /** The block of `terraform`: `{ backend: { s3: {…} } }` or `{ cloud: {…} }`. */
  readonly block: Readonly<Record<string, unknown>>;
  /** The first Terraform that knows all of it. */
  readonly terraform: "1.5.0" | "1.6.0" | "1.10.0";
}

/** What is wrong with a backend as a whole; paths are relative to it. */
export function backendProblems(backend: Readonly<Record<string, unknown>>): readonly Problem[] {
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
    ? [{ path: ["cloud", "tags"], message: "must be left out when `workspace` is given, got both." }]
    : [];
}

/** Makes a backend of a stack; credentials are the environment's, never the file's. */
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
