import { hostMount, type Host } from "../core/host";
import { linux } from "./linux";

/** The first Amazon Linux (ECS-optimized AMIs up to 2018.03) mounts its cgroups at `/cgroup`. */
export const amazonLinux1: Host = {
  ...linux,
  summary: "The first Amazon Linux (2018.03 and before)",
  agentMounts: linux.agentMounts.map((mount) =>
    mount.volume.name === "cgroup" ? hostMount("cgroup", "/cgroup/", { at: mount.containerPath }) : mount,
  ),
};
