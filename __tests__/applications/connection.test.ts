import { agentConnection, socketAccess } from "../../lib/applications/connection";
import { catalog } from "../../lib/catalog";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { agentTaskOf, settingsOf } from "../support/task";

type Keys = Parameters<typeof settingsOf>[0];

const connectionOf = (keys: Keys) => agentConnection(catalog, settingsOf(keys), agentTaskOf(keys).task);

describe("the connection to an Agent", () => {
  it("describes an Agent without features", () => {
    expect(connectionOf({})).toEqual({
      hostName: "linux",
      socketMounts: linux.socketMounts,
      osType: "linux",
      launchType: "EC2",
      networkMode: "bridge",
      apm: undefined,
      dogstatsd: undefined,
      logs: false,
    });
  });

  it.each<[string, Keys["features"], object]>([
    ["a feature that is true has its defaults", { apm: true }, { apm: { port: true, socket: false } }],
    [
      "options that aren't set have defaults",
      { dogstatsd: { socket: true } },
      { dogstatsd: { port: true, socket: true } },
    ],
    ["a port that is off", { apm: { port: false, socket: true } }, { apm: { port: false, socket: true } }],
    ["a feature that is false is missing", { apm: false, dogstatsd: true }, { apm: undefined }],
    ["logs are collected", { logs: { collectAll: false } }, { logs: true }],
    ["logs are not collected", { logs: false }, { logs: false }],
  ])("%s", (_what, features, expected) => {
    expect(connectionOf({ features })).toMatchObject(expected);
  });

  it.each<[string, Keys, object]>([
    ["ECS Anywhere", { launchType: "EXTERNAL" }, { launchType: "EXTERNAL", networkMode: "bridge" }],
    ["Windows", { host: "windows" }, { hostName: "windows", osType: "windows", networkMode: undefined }],
    ["Amazon Linux 1", { host: "amazon-linux-1" }, { hostName: "amazon-linux-1", osType: "linux" }],
    ["a network mode that a feature chose", { site: "ddog-gov.com" }, { networkMode: "host" }],
    [
      "a network of the Agent's own",
      { networkMode: "awsvpc", subnets: ["subnet-01234567"] },
      { networkMode: "awsvpc" },
    ],
  ])("knows %s", (_what, keys, expected) => {
    expect(connectionOf(keys)).toMatchObject(expected);
  });
});

describe("access over sockets", () => {
  const folder = {
    mountPoints: [{ containerPath: "/var/run/datadog", readOnly: true, sourceVolume: "dd-sockets" }],
    volumes: [{ name: "dd-sockets", host: { sourcePath: "/var/run/datadog" } }],
  };
  const traces = { name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" };
  const metrics = { name: "DD_DOGSTATSD_URL", value: "unix:///var/run/datadog/dsd.socket" };

  it.each([
    [
      { apm: true, dogstatsd: true },
      { environment: [metrics, traces], ...folder },
    ],
    [
      { apm: true, dogstatsd: false },
      { environment: [traces], ...folder },
    ],
    [
      { apm: false, dogstatsd: true },
      { environment: [metrics], ...folder },
    ],
    [
      { apm: false, dogstatsd: false },
      { environment: [], mountPoints: [], volumes: [] },
    ],
  ])("for %j", (sockets, expected) => {
    expect(socketAccess(linux, sockets)).toEqual(expected);
  });

  it("is empty on a host without sockets", () => {
    expect(socketAccess(windows, { apm: true, dogstatsd: true })).toMatchObject({ mountPoints: [], volumes: [] });
  });

  it("has the paths of the Agent's sockets", () => {
    const { task } = agentTaskOf({ features: { apm: { socket: true }, dogstatsd: { socket: true } } });
    const [agent] = task.containerDefinitions;
    const access = socketAccess(linux, { apm: true, dogstatsd: true });
    expect(access.environment.map(({ value = "" }) => value.replace("unix://", ""))).toEqual(
      ["DD_DOGSTATSD_SOCKET", "DD_APM_RECEIVER_SOCKET"].map(
        (wanted) => agent.environment?.find(({ name }) => name === wanted)?.value,
      ),
    );
    expect(task.volumes).toEqual(expect.arrayContaining([...access.volumes]));
  });
});
