import * as z from "zod";
import { describe, type Problem } from "../core/problem";
import { defineSetting, type RuleInCode } from "../core/setting";
import * as arn from "../core/arn";

/**
 * An existing service that Terraform imports with `import` blocks instead of creating one.
 * @see https://developer.hashicorp.com/terraform/language/import
 */
export const adoptSchema = z.strictObject({
  serviceArn: arn
    .arnText(
      "the long ARN of an ECS service, `arn:aws:ecs:<region>:<account>:service/<cluster>/<service>` (to migrate a service with a short ARN, see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-arn-migration.html)",
      arn.SERVICE,
      { account: "own", region: "own" },
    )
    .describe("Long ARN of the service; set `cluster` to the ARN of its cluster and `serviceName` to its name"),
  taskDefinitionArn: arn
    .arnText(
      "the ARN of a task definition with its revision, `arn:aws:ecs:<region>:<account>:task-definition/<family>:<revision>`",
      arn.TASK_DEFINITION,
      { account: "own", region: "own" },
    )
    .optional()
    .describe(
      "ARN of its task definition, to replace and deregister that revision too; if not set, the previous revisions remain",
    ),
});
export type Adopt = z.output<typeof adoptSchema>;

/** Cluster and service in a service ARN, and the service's import ID in the provider. */
export function adoptedService(serviceArn: string) {
  const [start = "", cluster = "", service = ""] = serviceArn.split("/");
  const clusterArn = `${start.slice(0, start.lastIndexOf(":"))}:cluster/${cluster}`;
  return { cluster, clusterArn, service, importId: `${cluster}/${service}` };
}

function adoptedFamily(taskDefinitionArn: string): string {
  return taskDefinitionArn.slice(taskDefinitionArn.indexOf("/") + 1, taskDefinitionArn.lastIndexOf(":"));
}

interface AdoptRule extends RuleInCode {
  problems(settings: Readonly<Record<string, unknown>> & Settings): readonly Problem[];
}

interface Settings {
  readonly adopt?: Adopt | undefined;
  readonly cluster?: string | undefined;
  readonly serviceName: string;
  readonly family: string;
}

/**
 * Settings that must match the ARNs, because the provider replaces a service that differs in them. Partition, region and
 * account are compared together with those of all other ARNs.
 */
const RULES: readonly AdoptRule[] = [
  {
    reads: ["adopt.serviceArn", "cluster"],
    problems: ({ adopt, cluster }) => {
      if (adopt === undefined) return [];
      const adopted = adoptedService(adopt.serviceArn);
      if (cluster?.endsWith(`:cluster/${adopted.cluster}`)) return [];
      return serviceProblem(
        `needs \`cluster\` ${adopted.clusterArn}, got ${cluster === undefined ? "none" : describe(cluster)}: Terraform replaces the service if \`cluster\` is anything else, even the cluster's name. Set \`cluster\` to that ARN and keep it.`,
      );
    },
  },
  {
    reads: ["adopt.serviceArn", "serviceName"],
    problems: ({ adopt, serviceName }) => {
      if (adopt === undefined) return [];
      const { service } = adoptedService(adopt.serviceArn);
      if (serviceName === service) return [];
      return serviceProblem(
        `needs \`serviceName\` ${service}, got ${describe(serviceName)}: Terraform replaces a service to rename it. Set \`serviceName\` to ${service}.`,
      );
    },
  },
  {
    reads: ["adopt.taskDefinitionArn", "family"],
    problems: ({ adopt, family }) => {
      if (adopt?.taskDefinitionArn === undefined) return [];
      const adopted = adoptedFamily(adopt.taskDefinitionArn);
      if (family === adopted) return [];
      return [
        {
          path: ["adopt", "taskDefinitionArn"],
          message: `needs \`family\` ${adopted}, got ${describe(family)}: the next revision would start another family. Set \`family\` to ${adopted}, or remove taskDefinitionArn.`,
        },
      ];
    },
  },
];

function serviceProblem(message: string): readonly Problem[] {
  return [{ path: ["adopt", "serviceArn"], message }];
}

export const adopt = defineSetting({
  summary: "Existing ECS service to import instead of creating one; while this is set, Terraform refuses to destroy it",
  of: "cluster",
  schema: adoptSchema.optional(),
  notInDefaults: "a service can be imported only once",
  // The first host's service has no host suffix in its name.
  firstHostOnly: true,
  rulesInCode: RULES,
  inCode: "it becomes Terraform `import` blocks",
  notImported: "a task definition doesn't contain service settings",
});
