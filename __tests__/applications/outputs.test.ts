import type { AgentConnection } from "../../lib/applications/connection";
import { instrument } from "../../lib/applications/instrument";
import { applicationOutputs } from "../../lib/applications/outputs";
import { linux } from "../../lib/hosts/linux";

const CONNECTION: AgentConnection = {
  hostName: "linux",
  socketMounts: linux.socketMounts,
  osType: "linux",
  launchType: "EC2",
  networkMode: "bridge",
  apm: { port: true, socket: true },
  dogstatsd: { port: true, socket: false },
  logs: false,
};

const valuesOf = (connection: AgentConnection) =>
  Object.fromEntries(Object.entries(applicationOutputs(connection)).map(([name, { value }]) => [name, value]));

describe("the outputs for applications", () => {
  it("contain the variables, mounts and volumes for the Agent's sockets", () => {
    expect(valuesOf(CONNECTION)).toEqual({
      application_environment: [{ name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" }],
      application_mount_points: [{ containerPath: "/var/run/datadog", readOnly: true, sourceVolume: "dd-sockets" }],
      application_volumes: [{ name: "dd-sockets", host: { sourcePath: "/var/run/datadog" } }],
    });
  });

  it.each<[string, Partial<AgentConnection>]>([
    ["only ports", { apm: { port: true, socket: false } }],
    ["no receiver", { apm: undefined, dogstatsd: undefined }],
    ["Windows", { hostName: "windows", osType: "windows", apm: { port: true, socket: false } }],
  ])("are empty lists with %s", (_what, change) => {
    expect(valuesOf({ ...CONNECTION, ...change })).toEqual({
      application_environment: [],
      application_mount_points: [],
      application_volumes: [],
    });
  });

  it("have descriptions", () => {
    for (const { description } of Object.values(applicationOutputs(CONNECTION))) {
      expect(description).toMatch(/^.+ for applications' .+ Empty without sockets$/);
    }
  });

  it("are the same as what instrument adds for sockets", () => {
    const connection = { ...CONNECTION, dogstatsd: { port: false, socket: true } };
    const { containerDefinition, volumes } = instrument({ name: "web" }, connection);
    expect(valuesOf(connection)).toEqual({
      application_environment: containerDefinition.environment,
      application_mount_points: containerDefinition.mountPoints,
      application_volumes: volumes,
    });
  });
});
