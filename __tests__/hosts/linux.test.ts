import { hosts } from "../../lib/hosts";
import { linux } from "../../lib/hosts/linux";
import { mounted, SOCKETS } from "../support/mounts";

describe("linux", () => {
  it("is the host `linux` of a configuration", () => {
    expect(hosts.linux).toBe(linux);
  });

  it("has the OS type linux, bridge mode, 100 CPU units and 512 MiB by default", () => {
    const { osType, networkModes, networkMode, cpu, memoryMiB } = linux;
    expect({ osType, networkModes, networkMode, cpu, memoryMiB }).toEqual({
      osType: "linux",
      networkModes: ["bridge", "host", "awsvpc"],
      networkMode: "bridge",
      cpu: 100,
      memoryMiB: 512,
    });
  });

  it("has all traits that a feature can require", () => {
    expect(linux.traits).toEqual(["linux-containers", "linux-kernel", "unix-sockets"]);
  });

  it("mounts the Docker socket, /proc and the cgroups read-only", () => {
    expect(linux.agentMounts).toStrictEqual([
      mounted("docker_sock", "/var/run/docker.sock", "/var/run/docker.sock", true),
      mounted("proc", "/proc/", "/host/proc", true),
      mounted("cgroup", "/sys/fs/cgroup/", "/host/sys/fs/cgroup", true),
    ]);
  });

  it("mounts log files, and a directory for read positions", () => {
    expect(linux.logMounts).toStrictEqual([
      mounted("pointdir", "/opt/datadog-agent/run", "/opt/datadog-agent/run", false),
      mounted("containers_root", "/var/lib/docker/containers/", "/var/lib/docker/containers", true),
    ]);
  });

  it("mounts /etc/passwd, and a writable directory for sockets", () => {
    expect(linux.userMounts).toStrictEqual([mounted("passwd", "/etc/passwd", "/etc/passwd", true)]);
    expect(linux.socketMounts).toStrictEqual([SOCKETS]);
  });
});
