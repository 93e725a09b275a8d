import { ecsMember } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const privileged = defineSetting({
  summary: "Run the Agent's container in privileged mode, with the rights of the instance's root user",
  of: "daemon",
  schema: ecsMember("ContainerDefinition", "privileged").optional(),
  requires: ["linux-containers"],
  container: { privileged: from("privileged") },
});
