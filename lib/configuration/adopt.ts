import { z } from "zod";
import { describe, type Path, type Problem } from "../core/problem";
import { text } from "../core/schema";
import * as arn from "./arn";

/**
 * A service that runs already, which Terraform takes over by `import` blocks in place of creating one.
 * @see https://developer.hashicorp.com/terraform/language/import
 */
export const adoptSchema = z.strictObject({
  serviceArn: text(
    "the long ARN of an ECS service, `arn:aws:ecs:<region>:<account>:service/<cluster>/<service>` (migrate a service with a short one, without the cluster, as https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-arn-migration.html says)",
    arn.SERVICE,
  ).describe("Long ARN of the service; `cluster` must be the ARN of its cluster, `serviceName` its name"),
  taskDefinitionArn: text(
    "the ARN of a task definition with its revision, `arn:aws:ecs:<region>:<account>:task-definition/<family>:<revision>`",
    arn.TASK_DEFINITION,
  )
    .optional()
    .describe(
      "ARN of its task definition, to have that replaced and deregistered, too; left out, the former revisions stay",
    ),
});
export type Adopt = z.output<typeof adoptSchema>;

/** The cluster and the service of a service's ARN, and the ID by which the provider imports it. */
export function adoptedService(serviceArn: string) {
  const [start = "", cluster = "", service = ""] = serviceArn.split("/");
  const clusterArn = `${start.slice(0, start.lastIndexOf(":"))}:cluster/${cluster}`;
  return { cluster, clusterArn, service, importId: `${cluster}/${service}` };
}

function adoptedFamily(taskDefinitionArn: string): string {
  return taskDefinitionArn.slice(taskDefinitionArn.indexOf("/") + 1, taskDefinitionArn.lastIndexOf(":"));
}

interface Settings {
  readonly adopt?: Adopt | undefined;
  readonly cluster?: string | undefined;
  readonly serviceName: string;
  readonly family: string;
}

/**
 * What must be as it is in the ARNs, since the provider replaces what differs in it. Partition, region and account are
 * compared with those of all other ARNs.
 */
export const ADOPT_RULES: readonly {
  readonly reads: readonly Path[];
  problems(settings: Settings): readonly Problem[];
}[] = [
  {
    reads: [["adopt", "serviceArn"], ["cluster"]],
    problems: ({ adopt, cluster }) => {
      if (adopt === undefined) return [];
      const adopted = adoptedService(adopt.serviceArn);
      if (cluster?.endsWith(`:cluster/${adopted.cluster}`)) return [];
      return serviceMust(
        `come with the cluster ${adopted.clusterArn}, got ${cluster === undefined ? "none" : describe(cluster)}: Terraform imports the service with the ARN of its cluster and replaces it where \`cluster\` is any other text, the cluster's name included. Set \`cluster\` to that ARN, and leave it so.`,
      );
    },
  },
  {
    reads: [["adopt", "serviceArn"], ["serviceName"]],
    problems: ({ adopt, serviceName }) => {
      if (adopt === undefined) return [];
      const { service } = adoptedService(adopt.serviceArn);
      if (serviceName === service) return [];
      return serviceMust(
        `come with the serviceName ${service}, got ${describe(serviceName)}: Terraform replaces a service to rename it. Set \`serviceName\` to ${service}.`,
      );
    },
  },
  {
    reads: [["adopt", "taskDefinitionArn"], ["family"]],
    problems: ({ adopt, family }) => {
      if (adopt?.taskDefinitionArn === undefined) return [];
      const adopted = adoptedFamily(adopt.taskDefinitionArn);
      if (family === adopted) return [];
      return [
        {
          path: ["adopt", "taskDefinitionArn"],
          message: `must come with the family ${adopted}, got ${describe(family)}: the next revision would be the first of another family. Set \`family\` to ${adopted}, or leave taskDefinitionArn out.`,
        },
      ];
    },
  },
];

function serviceMust(message: string): readonly Problem[] {
  return [{ path: ["adopt", "serviceArn"], message: `must ${message}` }];
}
