import {
  DescribeServicesCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  type ListServicesCommandOutput,
} from "@aws-sdk/client-ecs";
import type { Emulator } from "./emulator";

/** Everything of ours that is still in the emulator; ECS keeps deleted services for a while as INACTIVE. */
export async function leftovers(emulator: Emulator, cluster: string): Promise<string[]> {
  const left: string[] = [];
  let page: ListServicesCommandOutput | undefined;
  do {
    page = await emulator.ecs.send(new ListServicesCommand({ cluster, maxResults: 10, nextToken: page?.nextToken }));
    const services = page.serviceArns ?? [];
    if (services.length === 0) break;
    const described = await emulator.ecs.send(new DescribeServicesCommand({ cluster, services }));
    const active = described.services?.filter(({ status }) => status !== "INACTIVE") ?? [];
    left.push(...active.map(({ serviceArn }) => serviceArn ?? ""));
  } while (page.nextToken);
  const { taskDefinitionArns = [] } = await emulator.ecs.send(new ListTaskDefinitionsCommand({}));
  const { Roles } = await emulator.aws<{ Roles: { Arn: string }[] }>("iam", "list-roles");
  return [...left, ...taskDefinitionArns, ...Roles.map(({ Arn }) => Arn)];
}
