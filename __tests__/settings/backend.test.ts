import { backendProblems, backendSchema, renderBackend } from "../../lib/settings/backend";
import { formatPath } from "../../lib/core/problem";

/** OpenTofu requires it. */
const HCP = "app.terraform.io";
const KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/01234567-89ab-cdef-0123-456789abcdef";
const ROLE = "arn:aws:iam::123456789012:role/state";
const BUCKET = { bucket: "states", region: "eu-west-1" };

/** As Terraform reads it: JSON has no `undefined`. */
function rendered(backend: object): unknown {
  return JSON.parse(JSON.stringify(renderBackend(backendSchema.parse(backend), "production")));
}

describe("a backend", () => {
  it.each<[string, object, object, string]>([
    [
      "s3 with its defaults",
      { s3: BUCKET },
      {
        backend: {
          s3: { ...BUCKET, key: "datadog-agent/production.tfstate", encrypt: true, use_lockfile: true },
        },
      },
      "1.10.0",
    ],
    [
      "s3 without a lock",
      { s3: { ...BUCKET, useLockfile: false } },
      { backend: { s3: { ...BUCKET, key: "datadog-agent/production.tfstate", encrypt: true } } },
      "1.5.0",
    ],
    [
      "s3 with a role and without a lock",
      { s3: { ...BUCKET, key: "a/{name}/b-{name}", kmsKeyId: KMS_KEY, roleArn: ROLE, useLockfile: false } },
      {
        backend: {
          s3: {
            ...BUCKET,
            key: "a/production/b-production",
            encrypt: true,
            kms_key_id: KMS_KEY,
            assume_role: { role_arn: ROLE },
          },
        },
      },
      "1.6.0",
    ],
    [
      "s3 with a role and a lock",
      { s3: { ...BUCKET, key: "state", roleArn: ROLE } },
      {
        backend: {
          s3: { ...BUCKET, key: "state", encrypt: true, use_lockfile: true, assume_role: { role_arn: ROLE } },
        },
      },
      "1.10.0",
    ],
    [
      "remote with its defaults",
      { remote: { organization: "acme" } },
      {
        backend: { remote: { hostname: HCP, organization: "acme", workspaces: { name: "datadog-agent-production" } } },
      },
      "1.5.0",
    ],
    [
      "remote",
      { remote: { hostname: "tfe.example.com:8443", organization: "acme", workspace: "agent_{name}" } },
      {
        backend: {
          remote: {
            hostname: "tfe.example.com:8443",
            organization: "acme",
            workspaces: { name: "agent_production" },
          },
        },
      },
      "1.5.0",
    ],
    [
      "cloud with its defaults",
      { cloud: { organization: "acme" } },
      { cloud: { hostname: HCP, organization: "acme", workspaces: { name: "datadog-agent-production" } } },
      "1.5.0",
    ],
    [
      "cloud with a project",
      { cloud: { hostname: "tfe.example.com", organization: "acme", project: "All Agents", workspace: "{name}" } },
      {
        cloud: {
          hostname: "tfe.example.com",
          organization: "acme",
          workspaces: { name: "production", project: "All Agents" },
        },
      },
      "1.6.0",
    ],
    [
      "cloud with tags",
      { cloud: { organization: "acme", tags: ["agent", "team:sre"] } },
      { cloud: { hostname: HCP, organization: "acme", workspaces: { tags: ["agent", "team:sre"] } } },
      "1.5.0",
    ],
    [
      "gcs with its defaults",
      { gcs: { bucket: "my_states" } },
      { backend: { gcs: { bucket: "my_states", prefix: "datadog-agent/production" } } },
      "1.5.0",
    ],
    [
      "azurerm with its defaults",
      { azurerm: { resourceGroupName: "Agents", storageAccountName: "states01", containerName: "tf-states" } },
      {
        backend: {
          azurerm: {
            resource_group_name: "Agents",
            storage_account_name: "states01",
            container_name: "tf-states",
            key: "datadog-agent/production.tfstate",
          },
        },
      },
      "1.5.0",
    ],
    [
      "http",
      {
        http: {
          address: "https://example.com/{name}",
          lockAddress: "https://example.com/{name}/lock",
          unlockAddress: "https://example.com/{name}/lock",
          lockMethod: "POST",
          unlockMethod: "DELETE",
        },
      },
      {
        backend: {
          http: {
            address: "https://example.com/production",
            lock_address: "https://example.com/production/lock",
            unlock_address: "https://example.com/production/lock",
            lock_method: "POST",
            unlock_method: "DELETE",
          },
        },
      },
      "1.5.0",
    ],
    [
      "http without locks",
      { http: { address: "http://localhost:8080/state" } },
      { backend: { http: { address: "http://localhost:8080/state" } } },
      "1.5.0",
    ],
    [
      "local",
      { local: { path: "../../../states/{name}.tfstate" } },
      { backend: { local: { path: "../../../states/production.tfstate" } } },
      "1.5.0",
    ],
  ])("is rendered for Terraform: %s", (_what, backend, block, terraform) => {
    expect(rendered(backend)).toEqual({ block, terraform });
  });
});

describe("a backend as a whole", () => {
  const KINDS = "must have exactly one of s3, remote, cloud, gcs, azurerm, http and local, got";
  const cloud = { organization: "acme" };

  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ["with one type", { s3: BUCKET }, []],
    ["with a workspace", { cloud: { ...cloud, workspace: "a" } }, []],
    ["with tags", { cloud: { ...cloud, tags: ["a"] } }, []],
    ["without a type", {}, [` ${KINDS} none.`]],
    ["with two types", { gcs: { bucket: "abc" }, s3: BUCKET }, [` ${KINDS} s3 and gcs.`]],
    [
      "with a workspace and tags",
      { cloud: { ...cloud, workspace: "a", tags: ["a"] } },
      ["cloud.tags can't be combined with `workspace`, got both."],
    ],
  ])("%s", (_what, backend, expected) => {
    expect(backendProblems(backend).map(({ path, message }) => `${formatPath(path)} ${message}`)).toEqual(expected);
  });
});

describe("the schema of a backend", () => {
  const s3 = (keys: object) => ({ s3: { ...BUCKET, ...keys } });
  const cloud = (keys: object) => ({ cloud: { organization: "acme", ...keys } });
  const azurerm = (keys: object) => ({
    azurerm: { resourceGroupName: "a", storageAccountName: "abc", containerName: "abc", ...keys },
  });
  const http = (keys: object) => ({ http: { address: "https://a", ...keys } });

  /** The refused paths; `[]` if everything is accepted. */
  it.each<[string, object, readonly string[]]>([
    ["an unknown type", { consul: {} }, [""]],
    ["an unknown key", s3({ dynamodbTable: "locks" }), ["s3"]],
    // Credentials come from the environment.
    ["credentials", s3({ secretKey: "a" }), ["s3"]],
    ["s3 without a bucket and a region", { s3: {} }, ["s3.bucket", "s3.region"]],
    ["a bucket of 3 characters", s3({ bucket: "abc" }), []],
    ["a bucket of 2 characters", s3({ bucket: "ab" }), ["s3.bucket"]],
    ["a bucket of 63 characters", s3({ bucket: "a".repeat(63) }), []],
    ["a bucket of 64 characters", s3({ bucket: "a".repeat(64) }), ["s3.bucket"]],
    ["a bucket in capitals", s3({ bucket: "States" }), ["s3.bucket"]],
    ["a key of one character", s3({ key: "a" }), []],
    ["a key with a leading slash", s3({ key: "/a" }), ["s3.key"]],
    ["a key with a trailing slash", s3({ key: "a/" }), ["s3.key"]],
    ["a key with whitespace", s3({ key: "a b" }), ["s3.key"]],
    ["an invalid region", s3({ region: "Ireland" }), ["s3.region"]],
    ["a lock as text", s3({ useLockfile: "yes" }), ["s3.useLockfile"]],
    ["a KMS key without its ARN", s3({ kmsKeyId: "alias/states" }), ["s3.kmsKeyId"]],
    ["a role without its ARN", s3({ roleArn: "state" }), ["s3.roleArn"]],
    ["remote without an organization", { remote: {} }, ["remote.organization"]],
    ["a workspace with whitespace", { remote: { organization: "a", workspace: "a b" } }, ["remote.workspace"]],
    ["a URL for a host name", cloud({ hostname: "https://tfe.example.com" }), ["cloud.hostname"]],
    ["an organization with whitespace", { cloud: { organization: "a b" } }, ["cloud.organization"]],
    ["an empty project", cloud({ project: "" }), ["cloud.project"]],
    ["a project of two lines", cloud({ project: "a\nb" }), ["cloud.project"]],
    ["no tags", cloud({ tags: [] }), ["cloud.tags"]],
    ["a tag in capitals", cloud({ tags: ["a", "B"] }), ["cloud.tags[1]"]],
    ["a Google Cloud bucket with a slash", { gcs: { bucket: "a/b" } }, ["gcs.bucket"]],
    ["an empty prefix", { gcs: { bucket: "abc", prefix: "" } }, ["gcs.prefix"]],
    ["a storage account with a dash", azurerm({ storageAccountName: "a-b" }), ["azurerm.storageAccountName"]],
    ["a container of 2 characters", azurerm({ containerName: "ab" }), ["azurerm.containerName"]],
    ["an empty resource group", azurerm({ resourceGroupName: "" }), ["azurerm.resourceGroupName"]],
    ["a blob with a leading slash", azurerm({ key: "/a" }), ["azurerm.key"]],
    ["an address that isn't a URL", http({ address: "example.com" }), ["http.address"]],
    [
      "a lock address that isn't a URL",
      http({ lockAddress: "a", unlockAddress: "ftp://a" }),
      ["http.lockAddress", "http.unlockAddress"],
    ],
    ["unknown methods", http({ lockMethod: "GET", unlockMethod: "LOCK" }), ["http.lockMethod", "http.unlockMethod"]],
    ["local without a path", { local: {} }, ["local.path"]],
    ["a path with whitespace", { local: { path: "a b" } }, ["local.path"]],
  ])("%s", (_what, backend, paths) => {
    const issues = backendSchema.safeParse(backend).error?.issues ?? [];
    expect(issues.map(({ path }) => formatPath(path as string[]))).toEqual(paths);
  });
});
