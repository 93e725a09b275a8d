import { ECSClient, paginateListClusters } from "@aws-sdk/client-ecs";
import { paginateListSecrets, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** Clusters and secrets of an AWS account, offered as choices. */
export interface Account {
  readonly clusters: readonly string[];
  readonly secretArns: readonly string[];
}

/** A longer list is of no use as a menu. */
const MAX_CHOICES = 100;

const TIMEOUT_MILLISECONDS = 3000;

/**
 * Lists the clusters and secrets that the credentials in the environment can see; empty without credentials. Reads names
 * and ARNs only, never a secret's value.
 */
export async function accountOf(region: string | undefined): Promise<Account> {
  const config = { ...(region !== undefined && { region }), maxAttempts: 1 };
  const abortSignal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  const [clusters, secretArns] = await Promise.all([
    firstOf(async function* () {
      const pages = paginateListClusters({ client: new ECSClient(config) }, {}, { abortSignal });
      for await (const { clusterArns = [] } of pages) yield clusterArns.map((arn) => arn.replace(/^.*\//, ""));
    }),
    firstOf(async function* () {
      const pages = paginateListSecrets({ client: new SecretsManagerClient(config) }, {}, { abortSignal });
      for await (const { SecretList: secrets = [] } of pages) yield secrets.flatMap(({ ARN: arn }) => arn ?? []);
    }),
  ]);
  return { clusters, secretArns };
}

/** On any error, returns what it has: the user can type the value instead. */
async function firstOf(pages: () => AsyncGenerator<readonly string[]>): Promise<readonly string[]> {
  const found: string[] = [];
  try {
    for await (const page of pages()) {
      found.push(...page);
      if (found.length >= MAX_CHOICES) break;
    }
  } catch {
    return found;
  }
  return found.sort().slice(0, MAX_CHOICES);
}
