import { ecsShape, ecsValue } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { equals, every, has, implies, itemPath, not, or } from "../core/term";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html */
export const logConfiguration = defineSetting({
  summary: "Log driver of the Agent's container and its options",
  of: "daemon",
  schema: ecsShape("LogConfiguration").optional(),
  shapesRoles: true,
  rules: [
    ...["awslogs-group", "awslogs-region"].map((option) => ({
      at: "logConfiguration.options",
      holds: implies(equals("logConfiguration.logDriver", "awslogs"), has("logConfiguration.options", option)),
      must: `must have ${option}, which the log driver awslogs requires on container instances.`,
    })),
    ...["splunk-token", "splunk-url"].map((option) => ({
      at: "logConfiguration.options",
      holds: implies(
        equals("logConfiguration.logDriver", "splunk"),
        or(
          has("logConfiguration.options", option),
          not(every("logConfiguration.secretOptions", not(equals(itemPath("name"), option)))),
        ),
      ),
      must: `must have ${option}, which the log driver splunk requires, here or in \`secretOptions\`.`,
    })),
  ],
  container: { logConfiguration: ecsValue("LogConfiguration", "logConfiguration") },
});
