import { hosts } from "../../lib/hosts";
import { windows } from "../../lib/hosts/windows";
import { mounted } from "../support/mounts";

describe("windows", () => {
  it("is the host `windows` of a configuration", () => {
    expect(hosts.windows).toBe(windows);
  });

  it("has the OS type windows, no network mode, 512 CPU units and 512 MiB by default", () => {
    const { osType, networkModes, networkMode, cpu, memoryMiB } = windows;
    expect({ osType, networkModes, networkMode, cpu, memoryMiB }).toEqual({
      osType: "windows",
      networkModes: ["awsvpc"],
      networkMode: undefined,
      cpu: 512,
      memoryMiB: 512,
    });
  });

  it("has no traits: no Linux containers, no Linux kernel, no UNIX sockets", () => {
    expect(windows.traits).toEqual([]);
  });

  it("mounts the named pipe of Docker", () => {
    expect(windows.agentMounts).toStrictEqual([
      mounted("docker_sock", String.raw`\\.\pipe\docker_engine`, String.raw`\\.\pipe\docker_engine`, true),
    ]);
  });

  it("mounts log files, and a Docker volume for read positions", () => {
    expect(windows.logMounts).toStrictEqual([
      {
        volume: {
          name: "pointdir",
          dockerVolumeConfiguration: { scope: "shared", autoprovision: true, driver: "local" },
        },
        containerPath: "C:/programdata/datadog/run",
        readOnly: false,
      },
      mounted("containers_root", "c:/programdata/docker/containers", "c:/programdata/docker/containers", true),
    ]);
  });

  it("has no user file and no socket directory", () => {
    expect({ userMounts: windows.userMounts, socketMounts: windows.socketMounts }).toEqual({
      userMounts: [],
      socketMounts: [],
    });
  });
});
