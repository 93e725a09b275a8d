import * as z from "zod";
import { defineFeature } from "../core/feature";
import { oneOf, text } from "../core/schema";
import { equals, from, text as textOf } from "../core/term";

const notice = (type: string, action: string) => ({
  when: equals("type", type),
  text: `\`features.secretsBackend\` reads secrets with the task role, which must allow ${action} on them. Allow it in \`taskRoleStatements\`, or set \`taskRoleArn\` to a role that does.`,
});

/**
 * `ENC[…]` in variables and checks, which the Agent resolves. The API key doesn't need it: ECS resolves that.
 * @see https://github.com/DataDog/helm-charts/blob/main/charts/datadog/values.yaml, `secretBackend.type`
 */
export const secretsBackend = defineFeature({
  summary: "Resolves ENC[…] with Secrets Manager or Parameter Store",
  documentation: "https://docs.datadoghq.com/agent/configuration/secrets-management/",
  requires: [],
  since: "7.70",
  options: z.strictObject({
    type: oneOf(["aws.secrets", "aws.ssm"])
      .default("aws.secrets")
      .describe("Secret store: Secrets Manager, or SSM Parameter Store"),
    region: text("an AWS region, such as eu-west-1", /^[a-z]{2}(?:-[a-z]+)+-\d$/).describe("AWS region of the secrets"),
  }),
  notices: [notice("aws.secrets", "secretsmanager:GetSecretValue"), notice("aws.ssm", "ssm:GetParameter")],
  on: () => ({
    environment: {
      DD_SECRET_BACKEND_TYPE: from("type"),
      DD_SECRET_BACKEND_CONFIG: textOf('{"aws_session":{"aws_region":"', from("region"), '"}}'),
    },
  }),
});
