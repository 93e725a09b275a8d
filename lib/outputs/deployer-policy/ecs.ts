import { arns, isTagged, literal, pattern } from "./arns";
import { rolesOf } from "./iam";
import type { Attributes, PermissionTable, Target } from "./types";

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html */
export const ecs: PermissionTable = {
  aws_ecs_task_definition: [
    { actions: ["ecs:DescribeTaskDefinition"], on: "*" },
    { actions: ["ecs:DeregisterTaskDefinition"], on: "*", when: ({ skip_destroy }) => skip_destroy !== true },
    { actions: ["ecs:RegisterTaskDefinition"], on: revisions },
    { actions: ["ecs:TagResource", "ecs:UntagResource"], on: revisions, when: isTagged },
    {
      actions: ["iam:PassRole"],
      on: ({ task_role_arn, execution_role_arn }, target) =>
        [task_role_arn, execution_role_arn]
          .filter((role) => role !== undefined)
          .flatMap((role) => rolesOf({ arn: role }, target)),
      condition: () => ({ StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }),
    },
  ],
  aws_ecs_service: [
    {
      actions: ["ecs:CreateService", "ecs:DeleteService", "ecs:DescribeServices", "ecs:UpdateService"],
      on: (service, target) => ofService("service", service, target),
    },
    {
      actions: ["ecs:TagResource", "ecs:UntagResource"],
      on: (service, target) => ofService("service", service, target),
      when: isTagged,
    },
    {
      actions: ["ecs:DescribeServiceDeployments", "ecs:ListServiceDeployments"],
      on: (service, target) => [
        ...ofService("service", service, target),
        ...ofService("service-deployment", service, target).map((arn) => `${arn}/*`),
      ],
      when: ({ wait_for_steady_state }) => wait_for_steady_state === true,
    },
  ],
};

function revisions({ family }: Attributes, target: Target): readonly string[] {
  return arns(target, "ecs", `task-definition/${pattern(family)}:*`);
}

/** In the long form, which has the cluster's name. The cluster may be given by its name or by its ARN. */
function ofService(type: string, { cluster, name }: Attributes, target: Target): readonly string[] {
  const service = pattern(name);
  const [start, clusterName] = literal(cluster)?.split(":cluster/") ?? [];
  return start !== undefined && clusterName !== undefined
    ? [`${start}:${type}/${clusterName}/${service}`]
    : arns(target, "ecs", `${type}/${pattern(cluster)}/${service}`);
}
