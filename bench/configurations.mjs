// The configurations to measure.

const DEFAULTS = {
  region: "eu-west-1",
  apiKey: { secretsManagerArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf" },
  features: { apm: true, dogstatsd: true, logs: true },
};

/** Clusters that only differ in their names and in the result of `keys` for their index. */
export function configuration(count, keys = () => ({})) {
  const clusters = Array.from({ length: count }, (_, index) => ({ ...named(index), ...keys(index) }));
  // JSON is valid YAML.
  return `${JSON.stringify({ defaults: DEFAULTS, clusters }, null, 1)}\n`;
}

const named = (index) => ({ name: `cluster-${index}`, cluster: `cluster-${index}` });

/** All clusters in one stack, with one pair of roles. */
export const together = () => ({ stack: "all", shareRoles: true });

/** Waves of clusters. Each cluster depends on all clusters of the previous wave. */
export const inWaves = (size) => (index) => {
  const start = (Math.floor(index / size) - 1) * size;
  return start < 0 ? {} : { dependsOn: Array.from({ length: size }, (_, other) => named(start + other).name) };
};

/** A module with the same features as the clusters. */
export function moduleConfiguration() {
  const { features } = DEFAULTS;
  const modules = [{ name: "datadog-agent", host: "linux", features }];
  return `${JSON.stringify({ clusters: [named(0)], modules })}\n`;
}

export const API_KEY_SECRET = DEFAULTS.apiKey.secretsManagerArn;
