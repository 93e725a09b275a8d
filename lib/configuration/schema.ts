import { z } from "zod";
import { isExpression } from "../core/expression";
import { oneOf, text } from "../core/schema";
import { HOST_NAMES, hosts } from "../hosts";
import { adoptSchema } from "./adopt";
import * as arn from "./arn";
import { backendSchema } from "./backend";
import { apiKeyKeys, daemonKeys } from "./daemon-keys";
import { accountId, providerSchema } from "./provider";

const cluster = text("the name or the ARN of an ECS cluster", arn.CLUSTER);

/** One daemon each, and an instance has but one operating system. */
const hostList = z
  .array(oneOf(HOST_NAMES))
  .min(1, { error: "must name at least one host" })
  .superRefine((names, context) => {
    for (const [index, name] of names.entries()) {
      const rival = names.slice(0, index).find((other) => hosts[other].osType === hosts[name].osType);
      if (rival === undefined) continue;
      const message =
        rival === name
          ? "must be in the list once"
          : `must have another operating system than ${rival}, since two daemons would fight for the ports of every instance (make an entry for each, with a serviceName and placementConstraints of its own)`;
      context.addIssue({ code: "custom", path: [index], message });
    }
  })
  .meta({ uniqueItems: true });

const stackName = text(
  "a stack name: 1 to 64 letters, digits, _ and -, beginning with a letter or digit",
  /^[A-Za-z0-9][\w-]{0,63}$/,
);

/** The keys of a cluster in clusters.yaml. */
export const clusterSchema = z.strictObject({
  name: stackName.describe("Name of the stack, unique in the file"),
  cluster: cluster.optional().describe("Name or ARN of the ECS cluster; left open it is asked for as `var.cluster`"),
  region: text("an AWS region such as eu-west-1", arn.REGION_NAME)
    .optional()
    .describe("AWS region; left open it is the one of the environment"),
  apiKey: z
    .strictObject({
      ...apiKeyKeys,
      sensitiveVariable: z
        .literal(true)
        .optional()
        .describe("For trials: ask for the key as `var.api_key`; it ends up in the state and in the task definition"),
    })
    .optional()
    .describe("Where the API key is, one of these; left open its secret is asked for as `var.api_key_secret_arn`"),
  accountId: accountId.optional().describe("The only AWS account that this may be deployed to"),
  provider: providerSchema.optional().describe("How Terraform signs in to AWS, and with what it tags"),
  backend: backendSchema
    .optional()
    .describe("Where Terraform keeps the state, one of these; by default a file beside the output folder"),
  stack: stackName
    .optional()
    .describe(
      "Name of a stack to share with other clusters; by default a stack for each. One plan is faster than many",
    ),
  shareRoles: z
    .boolean()
    .optional()
    .describe(
      "One pair of roles for all clusters of the `stack` that say so: a smaller plan, and fewer of IAM's roles; by default each cluster has its own",
    ),
  dependsOn: z
    .array(stackName)
    .optional()
    .describe("Names of the clusters that are deployed before this one: `cdktf deploy '*'` goes in waves"),
  adopt: adoptSchema
    .optional()
    .describe("Take over a service that runs already; as long as this stands here, Terraform refuses to destroy it"),
  hosts: hostList
    .optional()
    .describe(
      "In place of `host` where instances differ: a daemon for each host, without what that host lacks and another has",
    ),
  ...daemonKeys,
});

/** The props of the construct. */
export const daemonSchema = z.strictObject({
  cluster: cluster.describe("Name or ARN of the ECS cluster"),
  apiKey: z
    .strictObject({
      ...apiKeyKeys,
      sensitiveVariable: z
        .string()
        .refine(isExpression, { error: "must be a reference to a sensitive Terraform variable, never the key itself" })
        .optional()
        .describe("For trials: a sensitive variable; its value ends up in the state and in the task definition"),
    })
    .describe("Where the API key is, one of these"),
  ...daemonKeys,
});

/**
 * An entry of `modules`: a Terraform module for one host. The options of features are fixed in it; everything else is
 * the default of a variable. What differs from cluster to cluster has no default, and no place here.
 */
export const moduleSchema = z
  .strictObject({
    name: text(
      "a module name: 1 to 64 letters, digits, _ and -, beginning with a letter or digit",
      /^[A-Za-z0-9][\w-]{0,63}$/,
    ).describe("Name of the module, and of its folder; unique in the file"),
    ...daemonKeys,
  })
  .omit({
    subnets: true,
    securityGroups: true,
    applicationSecurityGroups: true,
    taskRoleArn: true,
    executionRoleArn: true,
    attachPolicies: true,
    createdRoles: true,
  });

/** What holds for a cluster of clusters.yaml and for the construct's props alike. */
export const settingsSchema = z.object(daemonKeys);

/** The whole of clusters.yaml, for editors. The loader checks every cluster with its defaults merged in. */
export const clustersFileSchema = z.strictObject({
  defaults: clusterSchema
    .omit({ name: true, adopt: true })
    .partial()
    .optional()
    .describe("What every cluster has unless it says otherwise"),
  clusters: z.array(clusterSchema).min(1).describe("One stack each, with a daemon per host"),
  modules: z.array(moduleSchema).optional().describe("One Terraform module each, in the output folder's `modules`"),
});

/** What people see is written out, with the meaning of every key. */
export type { Cluster, Module } from "./interfaces";
export type Daemon = z.output<typeof daemonSchema>;
export type Settings = z.output<typeof settingsSchema>;
