import { arns, isTagged, pattern } from "./arns";
import type { Attributes, PermissionTable, Target } from "./types";

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export const logs: PermissionTable = {
  aws_cloudwatch_log_group: [
    { actions: ["logs:DescribeLogGroups"], on: "*" },
    {
      actions: ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:ListTagsForResource", "logs:PutRetentionPolicy"],
      on: groups,
    },
    { actions: ["logs:TagResource", "logs:UntagResource"], on: groups, when: isTagged },
    {
      actions: ["logs:AssociateKmsKey", "logs:DisassociateKmsKey"],
      on: groups,
      when: ({ kms_key_id }) => kms_key_id !== undefined,
    },
  ],
};

/** Actions on tags know a group without `:*` at its end, the others with it. */
function groups({ name }: Attributes, target: Target): readonly string[] {
  return ["", ":*"].flatMap((end) => arns(target, "logs", `log-group:${pattern(name)}${end}`));
}
