import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** ECS's API on loopback, with one daemon service that has the given task definition. */
export async function startEcs(taskDefinition: object): Promise<{ readonly url: string; readonly server: Server }> {
  const arn = (what: string) => `arn:aws:ecs:eu-west-1:123456789012:${what}`;
  const answers: Readonly<Record<string, object>> = {
    ListServices: { serviceArns: [arn("service/production/datadog-agent")] },
    DescribeServices: {
      services: [
        {
          serviceName: "datadog-agent",
          serviceArn: arn("service/production/datadog-agent"),
          clusterArn: arn("cluster/production"),
          status: "ACTIVE",
          schedulingStrategy: "DAEMON",
          launchType: "EC2",
          taskDefinition: arn("task-definition/datadog-agent:1"),
        },
      ],
    },
    DescribeTaskDefinition: { taskDefinition },
  };
  const server = createServer((request, response) => {
    const action = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.statusCode = action in answers ? 200 : 400;
    request.resume().on("end", () => response.end(JSON.stringify(answers[action] ?? {})));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
