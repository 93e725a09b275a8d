import { catalog } from "../../lib/catalog";
import { type Configuration, parseConfiguration } from "../../lib/configuration/load";
import type { ClusterOnHost } from "../../lib/configuration/types";

/** The configuration in a clusters.yaml text. */
export function configurationOf(yaml: string, file = "clusters.yaml"): Configuration {
  return parseConfiguration(catalog, yaml, file);
}

/** The clusters of a configuration for each of their hosts, in order. */
export function clustersIn({ stacks }: Configuration): readonly ClusterOnHost[] {
  return stacks.flatMap(({ clusters }) => clusters.flatMap(({ onHosts }) => onHosts.map(({ values }) => values)));
}

/** The clusters in a clusters.yaml text. */
export function clustersOf(yaml: string, file?: string): readonly ClusterOnHost[] {
  return clustersIn(configurationOf(yaml, file));
}

/** The only cluster in a text. */
export function clusterOf(yaml: string): ClusterOnHost {
  const [cluster, ...others] = clustersOf(yaml);
  expect(others).toEqual([]);
  return cluster as ClusterOnHost;
}
