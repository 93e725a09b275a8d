import { hostMount, type Host } from "../core/host";
import { linux } from "./linux";

/** Amazon Linux 1 (ECS-optimized AMIs up to 2018.03) mounts its cgroups at `/cgroup`. */
export const amazonLinux1: Host = {
  ...linux,
  summary: "Amazon Linux 1 (2018.03 and earlier)",
  agentMounts: linux.agentMounts.map((mount) =>
    mount.volume.name === "cgroup" ? hostMount("cgroup", "/cgroup/", { at: mount.containerPath }) : mount,
  ),
};
