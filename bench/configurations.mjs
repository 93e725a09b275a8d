// The configurations that are measured.

const DEFAULTS = {
  region: "eu-west-1",
  apiKey: { secretsManagerArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf" },
  features: { apm: true, dogstatsd: true, logs: true },
};

/** A number of clusters that differ in nothing but their names, each with what `keys` says of its index. */
export function configuration(count, keys = () => ({})) {
  const clusters = Array.from({ length: count }, (_, index) => ({ ...named(index), ...keys(index) }));
  // JSON is YAML, too.
  return `${JSON.stringify({ defaults: DEFAULTS, clusters }, null, 1)}\n`;
}

const named = (index) => ({ name: `cluster-${index}`, cluster: `cluster-${index}` });

/** All clusters in one stack, with one pair of roles. */
export const together = () => ({ stack: "all", shareRoles: true });

/** Waves of clusters, each of which waits for all of the wave before. */
export const inWaves = (size) => (index) => {
  const start = (Math.floor(index / size) - 1) * size;
  return start < 0 ? {} : { dependsOn: Array.from({ length: size }, (_, other) => named(start + other).name) };
};

/** A module with the features of the clusters. */
export function moduleConfiguration() {
  const { features } = DEFAULTS;
  const modules = [{ name: "datadog-agent", host: "linux", features }];
  return `${JSON.stringify({ clusters: [named(0)], modules })}\n`;
}

export const API_KEY_SECRET = DEFAULTS.apiKey.secretsManagerArn;
