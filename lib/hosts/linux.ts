import { hostMount, type Host } from "../core/host";

/**
 * Linux with cgroups at `/sys/fs/cgroup`: Amazon Linux 2, Amazon Linux 2023, Ubuntu and others. Bottlerocket isn't
 * verified. It has the same directories, but its SELinux policy confines containers, even privileged ones; set
 * `dockerSecurityOptions` to `label:type:super_t` to lift that.
 * @see https://github.com/bottlerocket-os/bottlerocket/pull/1013
 */
export const linux: Host = {
  summary: "Amazon Linux 2 and later, Ubuntu and other current Linux distributions",
  traits: ["linux-containers", "linux-kernel", "unix-sockets"],
  osType: "linux",
  networkModes: ["bridge", "host", "awsvpc"],
  networkMode: "bridge",
  cpu: 100,
  memoryMiB: 512,
  agentMounts: [
    hostMount("docker_sock", "/var/run/docker.sock"),
    hostMount("proc", "/proc/", { at: "/host/proc" }),
    hostMount("cgroup", "/sys/fs/cgroup/", { at: "/host/sys/fs/cgroup" }),
  ],
  logMounts: [
    hostMount("pointdir", "/opt/datadog-agent/run", { readOnly: false }),
    hostMount("containers_root", "/var/lib/docker/containers/", { at: "/var/lib/docker/containers" }),
  ],
  userMounts: [hostMount("passwd", "/etc/passwd")],
  socketMounts: [hostMount("dd-sockets", "/var/run/datadog", { readOnly: false })],
};
