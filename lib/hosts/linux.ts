import { hostMount, type Host } from "../core/host";

/** Linux with cgroups at `/sys/fs/cgroup`: Amazon Linux 2, Amazon Linux 2023, Bottlerocket, Ubuntu and others. */
export const linux: Host = {
  summary: "Amazon Linux 2 and later, Bottlerocket, Ubuntu and other current Linux systems",
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
