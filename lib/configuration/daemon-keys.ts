import { z } from "zod";
import { CAPABILITIES, LAUNCH_TYPES, NETWORK_MODES, PROPAGATE_TAGS, SERVICE_PLACEMENT_CONSTRAINTS } from "../core/ecs";
import type { Feature } from "../core/feature";
import { FLAVORS } from "../core/image";
import { integer, key, oneOf, text } from "../core/schema";
import { SITES } from "../core/sites";
import * as registry from "../features";
import { HOST_NAMES } from "../hosts";
import * as arn from "./arn";
import { resourceTags } from "./provider";

/** A toggle for every feature of the registry: true, false, or its options. */
const features = z.strictObject(
  Object.fromEntries(
    Object.entries(registry as Record<string, Feature>).map(([name, { options, summary }]) => [
      name,
      // What has options that must be given can't be turned on by `true` alone.
      z
        .union([options.safeParse({}).success ? z.boolean() : z.literal(false), options])
        .optional()
        .describe(summary),
    ]),
  ) as {
    [Name in keyof typeof registry]: z.ZodOptional<
      z.ZodUnion<[Switch<(typeof registry)[Name]["options"]>, (typeof registry)[Name]["options"]]>
    >;
  },
);

type Switch<Options extends z.ZodObject> =
  Record<string, never> extends z.input<Options> ? z.ZodBoolean : z.ZodLiteral<false>;

/**
 * Datadog turns any other character into an underscore, and the Agent splits its list of tags at white space.
 * @see https://docs.datadoghq.com/getting_started/tagging/
 */
const tags = z.record(
  key("a tag key: a letter, then letters, digits and _ - . /", /^\p{L}[\p{L}\p{N}_\-./]{0,199}$/u),
  text("a tag value: letters, digits and _ - . / : without white space", /^[\p{L}\p{N}_\-./:]{1,200}$/u),
);

const environment = z.record(
  key("the name of a variable: letters, digits and _, not beginning with a digit", /^[A-Za-z_][A-Za-z0-9_]*$/),
  text("text that isn't empty (ECS does not keep a variable without a value) and has no NUL character", /^[^\0]+$/),
);

const image = z.strictObject({
  repository: text(
    "an image repository without tag or digest, such as public.ecr.aws/datadog/agent",
    /^(?:[a-z0-9][a-z0-9.-]*(?::[0-9]+)?\/)?[a-z0-9._-]+(?:\/[a-z0-9._-]+)*$/,
  )
    .default("public.ecr.aws/datadog/agent")
    .describe("Repository of the image; GovCloud and China have no ECR Public of their own, mirror it there"),
  tag: text("an image tag: letters, digits and _ . -, at most 128", /^\w[\w.-]{0,127}$/)
    .default("latest")
    .describe("Tag of the image"),
  flavor: oneOf(FLAVORS)
    .optional()
    .describe(
      "Flavor of the image, a suffix of its tag: with Java for JMX checks, with everything, with FIPS cryptography",
    ),
  digest: text("an image digest: sha256: and 64 hexadecimal digits", /^sha256:[0-9a-f]{64}$/)
    .optional()
    .describe("Digest of the image; it takes the place of the tag"),
});

/** ECS's limits. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const healthCheck = z.strictObject({
  intervalSeconds: integer(5, 300, "seconds").default(30).describe("Seconds between two checks"),
  timeoutSeconds: integer(2, 60, "seconds").default(5).describe("Seconds until a check counts as failed"),
  retries: integer(1, 10).default(3).describe("Failed checks in a row that make the container unhealthy"),
  startPeriodSeconds: integer(0, 300, "seconds")
    .default(15)
    .describe("Seconds after the start in which failures don't count"),
});

const kmsKeyArn = text("the ARN of a KMS key", arn.KMS_KEY).optional();

/** Where the API key is: these, and what is particular to a cluster or to the construct. */
export const apiKeyKeys = {
  secretsManagerArn: text(
    "the full ARN of a Secrets Manager secret, with the six characters that AWS adds to its name, and where wanted `:json-key:version-stage:version-id`",
    arn.SECRET,
  )
    .optional()
    .describe("Full ARN of a Secrets Manager secret; `:json-key::` at its end picks a key of a JSON secret"),
  ssmParameterArn: text("the ARN of an SSM parameter", arn.PARAMETER).optional().describe("ARN of an SSM parameter"),
  createSecret: z
    .strictObject({
      name: text("a secret's name: 1 to 512 letters, digits and / _ + = . @ -", /^[A-Za-z0-9/_+=.@-]{1,512}$/).describe(
        "Name of the secret",
      ),
      kmsKeyArn: kmsKeyArn.describe("ARN of the KMS key that encrypts the secret; by default AWS's own"),
    })
    .optional()
    .describe("Create an empty secret, to be filled by the command that the stack puts out"),
  jsonKey: text("a key of a JSON secret, without a colon", /^[^:\s]+$/)
    .optional()
    .describe("For a JSON secret: the key in it that holds the API key"),
  versionStage: text("a version stage of a secret, such as AWSCURRENT", /^[A-Za-z0-9/_+=.@-]{1,256}$/)
    .optional()
    .describe("For a secret that is rotated: the stage to read, by default AWSCURRENT"),
  kmsKeyArn: kmsKeyArn.describe("ARN of the KMS key of one's own that encrypts the secret or the parameter"),
};

const placementConstraint = z.strictObject({
  type: oneOf(["memberOf", "distinctInstance"]).describe("ECS's type of the constraint"),
  // In two parts: Terraform's regular expressions repeat at most 1,000 times.
  expression: text("a cluster query of at most 2,000 characters", /^[\s\S]{1,1000}[\s\S]{0,1000}$/)
    .optional()
    .describe("For memberOf: a query of ECS's cluster query language"),
});

const roleName = text("a role's name: 1 to 64 letters, digits and + = , . @ _ -", /^[\w+=,.@-]{1,64}$/).optional();

/** What the daemon is, whoever asks for it: the construct's props and a cluster of clusters.yaml share these keys. */
export const daemonKeys = {
  host: oneOf(HOST_NAMES).default("linux").describe("Operating system of the container instances"),
  launchType: oneOf(LAUNCH_TYPES).default("EC2").describe("EXTERNAL for ECS Anywhere"),
  networkMode: oneOf(NETWORK_MODES)
    .optional()
    .describe(
      "Network mode of the task; by default bridge on Linux, host where the FIPS proxy is on, ECS's default on Windows",
    ),
  subnets: z
    .array(text("a subnet ID", /^subnet-[0-9a-f]{8,17}$/))
    .optional()
    .describe("Subnets of the task; network mode awsvpc only"),
  securityGroups: z
    .array(text("a security group ID", /^sg-[0-9a-f]{8,17}$/))
    .optional()
    .describe("Security groups of the task; network mode awsvpc only"),
  applicationSecurityGroups: z
    .array(text("a security group ID", /^sg-[0-9a-f]{8,17}$/))
    .min(1, { error: "must name at least one security group" })
    .optional()
    .describe("Create a security group of the task that lets these in, on the Agent's ports; network mode awsvpc only"),
  site: oneOf(SITES).default("datadoghq.com").describe("Datadog site that receives the data"),
  tags: tags.default({}).describe("Tags on everything that the Agent sends (DD_TAGS)"),
  environment: environment.default({}).describe("More environment variables of the Agent; they win over all others"),
  features: features.default({}).describe("The features: true, false, or options"),
  capabilities: z
    .array(oneOf(CAPABILITIES))
    .default([])
    .describe("More Linux capabilities of the Agent's container, beside those that features bring; not on Windows"),
  healthCheck: z
    .union([z.literal(false), healthCheck])
    .prefault({})
    .describe("Health check of the Agent's container: false, or its numbers"),
  image: image.prefault({}).describe("Image of the Agent"),
  cpu: integer(0, 196_608, "CPU units")
    .optional()
    .describe("CPU units of the Agent's container, 1,024 are one core; by default 100, on Windows 512"),
  memoryMiB: integer(6, 25_165_824, "MiB")
    .optional()
    .describe("Hard memory limit of the Agent's container; by default 512"),
  family: text("a task definition family: 1 to 255 letters, digits, _ and -", arn.ECS_NAME)
    .default("datadog-agent-task")
    .describe("Family of the task definition"),
  serviceName: text("a service name: 1 to 255 letters, digits, _ and -", arn.ECS_NAME)
    .default("datadog-agent")
    .describe("Name of the service, unique in its cluster"),
  minimumHealthyPercent: integer(0, 99, "percent")
    .default(0)
    .describe(
      "Percentage of Agents that keep running in a deployment; above 0 a cluster of one instance can't deploy, since the old Agent holds the host's ports",
    ),
  placementConstraints: z
    .array(placementConstraint)
    .max(SERVICE_PLACEMENT_CONSTRAINTS, {
      error: `must have at most ${SERVICE_PLACEMENT_CONSTRAINTS} constraints: ECS takes 10, and the task definition has one for the operating system`,
    })
    .default([])
    .describe("Which instances get an Agent, beside the operating system's constraint that is always there"),
  enableExecuteCommand: z
    .boolean()
    .default(false)
    .describe("Allow `aws ecs execute-command` into the Agent's container"),
  waitForSteadyState: z.boolean().default(false).describe("Let `deploy` wait until every Agent runs"),
  resourceTags: resourceTags.default({}).describe("AWS tags of the resources"),
  enableEcsManagedTags: z.boolean().default(false).describe("Let ECS tag its tasks with the cluster and the service"),
  propagateTags: oneOf(PROPAGATE_TAGS)
    .optional()
    .describe(
      "Where the AWS tags of the tasks come from; to turn it off again say NONE, since ECS keeps what is left out",
    ),
  taskRoleArn: text("the ARN of an IAM role", arn.ROLE).optional().describe("Role of the Agent; created if not given"),
  executionRoleArn: text("the ARN of an IAM role", arn.ROLE)
    .optional()
    .describe("Role with which ECS reads the API key; created if not given"),
  attachPolicies: z.boolean().default(false).describe("Attach what the Agent needs to the roles that are given, too"),
  createdRoles: z
    .strictObject({
      namePrefix: text("a prefix of role names: 1 to 28 letters, digits and + = , . @ _ -", /^[\w+=,.@-]{1,28}$/)
        .optional()
        .describe("What the names of the roles begin with, by default datadog-agent-"),
      taskRoleName: roleName.describe("Name of the task role, in place of a prefix; it is unique in the account"),
      executionRoleName: roleName.describe("Name of the execution role, in place of a prefix"),
      path: text("a path of IAM, such as /team/agents/", /^\/(?:[\x21-\x2e\x30-\x7e]+\/)*$/)
        .optional()
        .describe("Path of the roles, by default /"),
      permissionsBoundaryArn: text("the ARN of an IAM policy", arn.POLICY)
        .optional()
        .describe("ARN of the policy that bounds what the roles may ever do"),
    })
    .prefault({})
    .describe("The roles that are created"),
};
