import type { z } from "zod";
import { agentConnection, socketAccess } from "../../lib/applications/connection";
import { settingsSchema } from "../../lib/configuration/schema";
import { agentTaskOf } from "../support/task";

type Keys = z.input<typeof settingsSchema>;

const connectionOf = (keys: Keys) => agentConnection(settingsSchema.parse(keys), agentTaskOf(keys).task);

describe("the connection to an Agent", () => {
  it("has every fact of an Agent without features", () => {
    expect(connectionOf({})).toEqual({
      hostName: "linux",
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
      "so have options that are left open",
      { dogstatsd: { socket: true } },
      { dogstatsd: { port: true, socket: true } },
    ],
    ["a port can be off", { apm: { port: false, socket: true } }, { apm: { port: false, socket: true } }],
    ["a feature that is false isn't there", { apm: false, dogstatsd: true }, { apm: undefined }],
    ["logs are collected", { logs: { collectAll: false } }, { logs: true }],
    ["logs are not collected", { logs: false }, { logs: false }],
  ])("%s", (_what, features, expected) => {
    expect(connectionOf({ features })).toMatchObject(expected);
  });

  it.each<[string, Keys, object]>([
    ["ECS Anywhere", { launchType: "EXTERNAL" }, { launchType: "EXTERNAL", networkMode: "bridge" }],
    ["Windows", { host: "windows" }, { hostName: "windows", osType: "windows", networkMode: undefined }],
    ["the first Amazon Linux", { host: "amazon-linux-1" }, { hostName: "amazon-linux-1", osType: "linux" }],
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
    expect(socketAccess("linux", sockets)).toEqual(expected);
  });

  it("is where the Agent itself listens", () => {
    const { task } = agentTaskOf({ features: { apm: { socket: true }, dogstatsd: { socket: true } } });
    const [agent] = task.containerDefinitions;
    const access = socketAccess("linux", { apm: true, dogstatsd: true });
    expect(access.environment.map(({ value = "" }) => value.replace("unix://", ""))).toEqual(
      ["DD_DOGSTATSD_SOCKET", "DD_APM_RECEIVER_SOCKET"].map(
        (wanted) => agent.environment?.find(({ name }) => name === wanted)?.value,
      ),
    );
    expect(task.volumes).toEqual(expect.arrayContaining([...access.volumes]));
  });
});
