import { hostMount } from "../../lib/core/host";
import {
  compact,
  environment,
  linuxParameters,
  mountPoints,
  portMappings,
  secrets,
  volumes,
} from "../../lib/core/render";

describe("the lists of a container definition", () => {
  it.each([
    ["environment", environment],
    ["secrets", secrets],
    ["mountPoints", mountPoints],
    ["portMappings", portMappings],
    ["volumes", volumes],
  ])("leave %s out where there is nothing in it", (_name, render) => {
    expect(render(new Map())).toBeUndefined();
  });

  it("write variables as names and values", () => {
    const variables = new Map([
      ["DD_SITE", "datadoghq.eu"],
      ["DD_TAGS", "env:production"],
    ]);
    expect(environment(variables)).toEqual([
      { name: "DD_SITE", value: "datadoghq.eu" },
      { name: "DD_TAGS", value: "env:production" },
    ]);
  });

  it("write secrets as names and where their values come from", () => {
    expect(secrets(new Map([["DD_API_KEY", "arn:aws:ssm:eu-west-1:123456789012:parameter/key"]]))).toEqual([
      { name: "DD_API_KEY", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/key" },
    ]);
  });

  it("write readOnly for every mount, true or false", () => {
    const mounts = new Map([
      ["/host/proc", hostMount("proc", "/proc/", { at: "/host/proc" })],
      ["/run", hostMount("pointdir", "/run", { readOnly: false })],
    ]);
    expect(mountPoints(mounts)).toEqual([
      { containerPath: "/host/proc", readOnly: true, sourceVolume: "proc" },
      { containerPath: "/run", readOnly: false, sourceVolume: "pointdir" },
    ]);
  });

  it("publish every port under its own number, with its protocol", () => {
    const ports = new Map([
      ["08125/udp", { containerPort: 8125, protocol: "udp" } as const],
      ["08126/tcp", { containerPort: 8126, protocol: "tcp" } as const],
    ]);
    expect(portMappings(ports)).toEqual([
      { containerPort: 8125, hostPort: 8125, protocol: "udp" },
      { containerPort: 8126, hostPort: 8126, protocol: "tcp" },
    ]);
  });

  it("write volumes as they are", () => {
    const volume = { name: "pointdir", dockerVolumeConfiguration: { scope: "shared", driver: "local" } } as const;
    expect(volumes(new Map([["pointdir", volume]]))).toEqual([
      { name: "pointdir", dockerVolumeConfiguration: { scope: "shared", driver: "local" } },
    ]);
  });
});

describe("linuxParameters", () => {
  it("adds the capabilities sorted, and writes that none is dropped", () => {
    expect(linuxParameters(undefined, new Set(["SYS_ADMIN", "CHOWN", "NET_RAW"]), new Set())).toEqual({
      capabilities: { add: ["CHOWN", "NET_RAW", "SYS_ADMIN"], drop: [] },
    });
  });

  it("is left out without capabilities", () => {
    expect(linuxParameters(undefined, new Set(), new Set())).toBeUndefined();
  });
});

describe("compact", () => {
  it("drops what is undefined and nothing else", () => {
    const compacted = compact({ gone: undefined, no: false, zero: 0, text: "", none: null, list: [] });
    expect(compacted).toStrictEqual({ no: false, zero: 0, text: "", none: null, list: [] });
  });

  it("leaves its argument as it is", () => {
    const value = Object.freeze({ gone: undefined, kept: 1 });
    expect(compact(value)).not.toBe(value);
    expect(Object.keys(value)).toEqual(["gone", "kept"]);
  });
});
