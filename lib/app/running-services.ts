import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  paginateListServices,
  type Service,
} from "@aws-sdk/client-ecs";
import type { RunningService } from "../outputs/import/service";
import { CommandError } from "./error";

/** A running service and its task definition as the AWS CLI prints it. */
export interface Running {
  readonly service: RunningService;
  readonly definition: string;
}

/** A client with the credentials of the environment, found in the same places as the AWS CLI. */
export function ecsClient(region: string | undefined): ECSClient {
  return new ECSClient(region === undefined ? {} : { region });
}

/** Reads one service of a cluster. */
export async function runningService(client: ECSClient, cluster: string, name: string): Promise<Running> {
  const [service] = await describe(client, cluster, [name]);
  if (service === undefined) {
    throw new CommandError(`The cluster ${cluster} has no service ${name}. Check --cluster, --service and --region.`);
  }
  return withDefinition(client, service);
}

/** Reads all daemon services of a cluster. */
export async function runningDaemons(client: ECSClient, cluster: string): Promise<readonly Running[]> {
  const names = await call("ecs:ListServices", async () => {
    const all: string[] = [];
    for await (const { serviceArns = [] } of paginateListServices(
      { client },
      { cluster, schedulingStrategy: "DAEMON" },
    )) {
      all.push(...serviceArns);
    }
    return all.sort();
  });
  const services: RunningService[] = [];
  for (let index = 0; index < names.length; index += MAX_DESCRIBED) {
    services.push(...(await describe(client, cluster, names.slice(index, index + MAX_DESCRIBED))));
  }
  return Promise.all(services.map((service) => withDefinition(client, service)));
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const MAX_DESCRIBED = 10;

async function describe(client: ECSClient, cluster: string, names: string[]): Promise<readonly RunningService[]> {
  const { services = [] } = await call("ecs:DescribeServices", () =>
    client.send(new DescribeServicesCommand({ cluster, services: names, include: ["TAGS"] })),
  );
  return services.filter(isRunning);
}

function isRunning(service: Service): service is RunningService {
  return service.status !== "INACTIVE" && service.serviceArn !== undefined && service.serviceName !== undefined;
}

async function withDefinition(client: ECSClient, service: RunningService): Promise<Running> {
  const { taskDefinition, tags } = await call("ecs:DescribeTaskDefinition", () =>
    client.send(new DescribeTaskDefinitionCommand({ taskDefinition: service.taskDefinition, include: ["TAGS"] })),
  );
  return { service, definition: JSON.stringify({ taskDefinition, tags }) };
}

/** Reports an AWS error in AWS's own words, with the action that failed. */
async function call<Answer>(action: string, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    const { name, message } = error as Error;
    throw new CommandError(`${action}: ${name}: ${message}`);
  }
}
