import {
  DescribeServicesCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  type ListServicesCommandOutput,
} from "@aws-sdk/client-ecs";
import type { Emulator } from "./emulator";

/** The resources that are still in the emulator. ECS keeps deleted services as INACTIVE for a while. */
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
  return [...left, ...taskDefinitionArns, ...(await roles(emulator))];
}

/** The ARNs of all roles, without the AWS CLI, which takes a second to start. */
async function roles({ api }: Emulator): Promise<string[]> {
  const answer = await fetch(api.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      // The emulator only reads the service from the header. It doesn't verify the signature.
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, Signature=none",
    },
    body: "Action=ListRoles&Version=2010-05-08",
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`ListRoles: ${answer.status}\n${text}`);
  return [...text.matchAll(/<Arn>(.*?)<\/Arn>/g)].map(([, arn = ""]) => arn);
}
