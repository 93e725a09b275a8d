import type { Service } from "@aws-sdk/client-ecs";

/** A running service, as DescribeServices returns it. */
export type RunningService = Service & { readonly serviceArn: string; readonly serviceName: string };

/** The arguments of a service, with Terraform's names. */
export function argumentsOf(service: RunningService): Readonly<Record<string, unknown>> {
  const { deploymentConfiguration, enableECSManagedTags, clusterArn, placementConstraints = [] } = service;
  return {
    name: service.serviceName,
    cluster: clusterArn,
    launchType: service.launchType,
    deploymentMinimumHealthyPercent: deploymentConfiguration?.minimumHealthyPercent,
    enableExecuteCommand: service.enableExecuteCommand,
    enableEcsManagedTags: enableECSManagedTags,
    propagateTags: service.propagateTags,
    placementConstraints: placementConstraints.map(({ type, expression }) => ({
      type,
      ...(expression !== undefined && { expression }),
    })),
  };
}

/** The arguments of a service that clusters.yaml doesn't support. */
export function unsupportedArguments(service: RunningService): readonly string[] {
  const {
    capacityProviderStrategy = [],
    loadBalancers = [],
    serviceRegistries = [],
    deploymentConfiguration,
  } = service;
  const hasCircuitBreaker = deploymentConfiguration?.deploymentCircuitBreaker?.enable === true;
  return [
    ...(capacityProviderStrategy.length > 0 ? ["capacityProviderStrategy"] : []),
    ...(loadBalancers.length > 0 ? ["loadBalancers"] : []),
    ...(serviceRegistries.length > 0 ? ["serviceRegistries"] : []),
    ...(hasCircuitBreaker ? ["deploymentConfiguration.deploymentCircuitBreaker"] : []),
  ];
}

/** The name of a service's ECS cluster. */
export function clusterNameOf({ clusterArn = "" }: RunningService): string {
  return clusterArn.slice(clusterArn.indexOf("/") + 1);
}

/** The stack name of a service: the cluster's name, followed by the service's name if the cluster has several services. */
export function stackNameOf(service: RunningService, others: readonly RunningService[]): string {
  const cluster = clusterNameOf(service);
  const isOnlyService = others.every((other) => other === service || clusterNameOf(other) !== cluster);
  const name = isOnlyService ? cluster : `${cluster}-${service.serviceName}`;
  return name.replace(/^[^A-Za-z0-9]+/, "").slice(0, 64) || "datadog-agent";
}
