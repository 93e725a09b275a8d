import { z } from "zod";
import { asInApi, ecsShape } from "../core/ecs-model";
import { text } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

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
  module: { asInApi: true },
  contribution: { containers: from("sidecars") },
});
