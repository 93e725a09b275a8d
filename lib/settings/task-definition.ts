import * as z from "zod";
import { withHints } from "../core/hints";
import { asInApi } from "../core/ecs-model";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

const units = (of: string) => text(`${of} as text, such as "512"`, /^[0-9]+(?: ?[a-zA-Z]+)?$|^[0-9.]+ ?[a-zA-Z]+$/);

const movedTo = (key: string) => `is set by \`${key}\`. Move it there.`;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const taskDefinition = defineSetting({
  summary: "Other fields of the task definition, as in the ECS API",
  of: "daemon",
  schema: withHints(
    asInApi(
      "RegisterTaskDefinition",
      z.strictObject({
        cpu: units("CPU units or vCPUs").optional().describe("CPU units of the whole task"),
        memory: units("MiB or GB")
          .optional()
          .describe("Hard memory limit of the whole task in MiB; if set, `memoryMiB` has no default"),
        enableFaultInjection: z.boolean().optional().describe("Allow AWS Fault Injection Service to act on the task"),
      }),
    ),
    {
      keys: {
        containerDefinitions:
          "is set by `containerDefinition` for the Agent's container, and by `sidecars`. Move it there.",
        ephemeralStorage: "can't be set: ECS supports it on Fargate only.",
        executionRoleArn: movedTo("executionRoleArn"),
        family: movedTo("family"),
        inferenceAccelerators: "can't be set: AWS no longer offers Elastic Inference.",
        ipcMode: movedTo("ipcMode"),
        networkMode: movedTo("networkMode"),
        pidMode: movedTo("pidMode"),
        placementConstraints: movedTo("taskPlacementConstraints"),
        proxyConfiguration: "can't be set: AWS no longer offers App Mesh.",
        requiresCompatibilities: movedTo("launchType"),
        runtimePlatform: movedTo("runtimePlatform"),
        tags: movedTo("resourceTags"),
        taskRoleArn: movedTo("taskRoleArn"),
        volumes: movedTo("volumes"),
      },
    },
  ).default({}),
  task: {
    cpu: from("taskDefinition.cpu"),
    memory: from("taskDefinition.memory"),
    enableFaultInjection: from("taskDefinition.enableFaultInjection"),
  },
});
