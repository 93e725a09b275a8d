import { hosts } from "../../lib/hosts";
import { linux } from "../../lib/hosts/linux";
import { mounted, SOCKETS } from "../support/mounts";

describe("linux", () => {
  it("is the host `linux` of a configuration", () => {
    expect(hosts.linux).toBe(linux);
  });

  it("runs on instances with ECS's attribute linux, by default in bridge mode on a tenth of a core and 512 MiB", () => {
    const { osType, networkModes, networkMode, cpu, memoryMiB } = linux;
    expect({ osType, networkModes, networkMode, cpu, memoryMiB }).toEqual({
      osType: "linux",
      networkModes: ["bridge", "host", "awsvpc"],
      networkMode: "bridge",
      cpu: 100,
      memoryMiB: 512,
    });
  });

  it("has all that a feature can need", () => {
    expect(linux.traits).toEqual(["linux-containers", "linux-kernel", "unix-sockets"]);
  });

  it("shows the Agent Docker, the processes and the cgroups, all read-only", () => {
    expect(linux.agentMounts).toStrictEqual([
      mounted("docker_sock", "/var/run/docker.sock", "/var/run/docker.sock", true),
      mounted("proc", "/proc/", "/host/proc", true),
      mounted("cgroup", "/sys/fs/cgroup/", "/host/sys/fs/cgroup", true),
    ]);
  });

  it("has log files to read, and a folder that keeps how far they are read", () => {
    expect(linux.logMounts).toStrictEqual([
      mounted("pointdir", "/opt/datadog-agent/run", "/opt/datadog-agent/run", false),
      mounted("containers_root", "/var/lib/docker/containers/", "/var/lib/docker/containers", true),
    ]);
  });

  it("has a file of users, and a folder for sockets that the Agent can write to", () => {
    expect(linux.userMounts).toStrictEqual([mounted("passwd", "/etc/passwd", "/etc/passwd", true)]);
    expect(linux.socketMounts).toStrictEqual([SOCKETS]);
  });
});
