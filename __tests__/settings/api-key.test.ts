import { stringify } from "yaml";
import { configurationOf } from "../support/clusters";

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const [OWN, OTHER] = ["123456789012", "210987654321"];

const load =
  (cluster: object, apiKey: object = { secretsManagerArn: SECRET }) =>
  () =>
    configurationOf(stringify({ clusters: [{ name: "a", region: "eu-west-1", apiKey, ...cluster }] }));

/** All settings that tell the cluster's account. */
const places = (account: string): readonly [path: string, cluster: object][] => [
  ["accountId", { accountId: account }],
  ["provider.allowedAccountIds[0]", { provider: { allowedAccountIds: [account] } }],
  ["provider.assumeRole.roleArn", { provider: { assumeRole: { roleArn: `arn:aws:iam::${account}:role/deploy` } } }],
  ["cluster", { cluster: `arn:aws:ecs:eu-west-1:${account}:cluster/shop` }],
  ["taskRoleArn", { taskRoleArn: `arn:aws:iam::${account}:role/task` }],
  ["executionRoleArn", { executionRoleArn: `arn:aws:iam::${account}:role/execution` }],
];

describe("a secret in another account", () => {
  it.each(places(OTHER))("is refused without a customer-managed KMS key, known from %s", (path, cluster) => {
    expect(load(cluster)).toThrow(
      `clusters[0].apiKey.secretsManagerArn\n    is in account ${OWN}, but the cluster is in account ${OTHER} (${path}). ` +
        "The default KMS key can't be used across accounts. Set apiKey.kmsKeyArn to the secret's customer-managed KMS key.",
    );
  });

  it.each(places(OTHER))("is accepted with a customer-managed KMS key, known from %s", (_path, cluster) => {
    expect(load(cluster, { secretsManagerArn: SECRET, kmsKeyArn: KEY })).not.toThrow();
  });

  it.each(places(OWN))("isn't reported if it is the cluster's account, known from %s", (_path, cluster) => {
    expect(load(cluster)).not.toThrow();
  });

  it("isn't reported if no account or several accounts are known", () => {
    expect(load({})).not.toThrow();
    expect(load({ provider: { allowedAccountIds: [OTHER, OWN] } })).not.toThrow();
  });
});
