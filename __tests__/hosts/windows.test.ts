import { hosts } from "../../lib/hosts";
import { windows } from "../../lib/hosts/windows";
import { mounted } from "../support/mounts";

describe("windows", () => {
  it("is the host `windows` of a configuration", () => {
    expect(hosts.windows).toBe(windows);
  });

  it("runs on instances with ECS's attribute windows, by default without a network mode on half a core and 512 MiB", () => {
    const { osType, networkModes, networkMode, cpu, memoryMiB } = windows;
    expect({ osType, networkModes, networkMode, cpu, memoryMiB }).toEqual({
      osType: "windows",
      networkModes: ["awsvpc"],
      networkMode: undefined,
      cpu: 512,
      memoryMiB: 512,
    });
  });

  it("has neither Linux containers, nor a Linux kernel, nor UNIX sockets", () => {
    expect(windows.traits).toEqual([]);
  });

  it("shows the Agent Docker by its named pipe", () => {
    expect(windows.agentMounts).toStrictEqual([
      mounted("docker_sock", String.raw`\\.\pipe\docker_engine`, String.raw`\\.\pipe\docker_engine`, true),
    ]);
  });

  it("has log files to read, and a volume that Docker makes to keep how far they are read", () => {
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

  it("has no file of users and no folder for sockets", () => {
    expect({ userMounts: windows.userMounts, socketMounts: windows.socketMounts }).toEqual({
      userMounts: [],
      socketMounts: [],
    });
  });
});
