import { ecsMember } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

export const user = defineSetting({
  summary: "User that the Agent's container runs as",
  of: "daemon",
  schema: ecsMember("ContainerDefinition", "user").optional(),
  requires: ["linux-containers"],
  container: { user: from("user") },
});
