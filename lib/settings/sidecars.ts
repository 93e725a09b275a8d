import * as z from "zod";
import { AGENT_CONTAINER } from "../core/assemble";
import { asInApi, ecsShape } from "../core/ecs-model";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { equals, every, from, itemPath, not } from "../core/term";

const containerDefinition = asInApi(
  "ContainerDefinition",
  ecsShape("ContainerDefinition").extend({
    name: text("a container name: 1 to 255 letters, digits, _ and -", /^[A-Za-z0-9_-]{1,255}$/).describe(
      "Name of the container, unique in the task",
    ),
    image: text("a container image", /^\S+$/).describe("Image of the container"),
  }),
);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const sidecars = defineSetting({
  summary: "Additional containers of the task, as in the ECS API, such as a FireLens log router or an init container",
  of: "daemon",
  schema: z
    .array(containerDefinition)
    .meta({
      examples: [
        [
          {
            name: "log-router",
            image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
            memory: 64,
            firelensConfiguration: { type: "fluentbit" },
          },
        ],
      ],
    })
    .default([]),
  shapesRoles: true,
  rules: [
    {
      at: "sidecars",
      holds: every("sidecars", not(equals(itemPath("name"), AGENT_CONTAINER))),
      must: `can't have the name ${AGENT_CONTAINER}, which is the name of the Agent's container. Use another name.`,
    },
  ],
  module: { asInApi: true },
  contribution: { containers: from("sidecars") },
});
