import { ecsShape, ecsValue } from "../core/ecs-model";
import { defineSetting } from "../core/setting";
import { equals, given, hostHas, implies, matches, not, or } from "../core/term";

export const runtimePlatform = defineSetting({
  summary: "CPU architecture and operating system family of the task",
  of: "daemon",
  schema: ecsShape("RuntimePlatform").optional(),
  rules: [
    {
      at: "runtimePlatform.operatingSystemFamily",
      holds: implies(
        given("runtimePlatform.operatingSystemFamily"),
        or(not(hostHas("linux-containers")), equals("runtimePlatform.operatingSystemFamily", "LINUX")),
      ),
      must: "must be LINUX on the host {host}, got {runtimePlatform.operatingSystemFamily}.",
    },
    {
      at: "runtimePlatform.operatingSystemFamily",
      holds: implies(
        given("runtimePlatform.operatingSystemFamily"),
        or(hostHas("linux-containers"), matches("runtimePlatform.operatingSystemFamily", /^WINDOWS/)),
      ),
      must: "must be a Windows family on the host {host}, got {runtimePlatform.operatingSystemFamily}.",
    },
  ],
  task: { runtimePlatform: ecsValue("RuntimePlatform", "runtimePlatform") },
});
