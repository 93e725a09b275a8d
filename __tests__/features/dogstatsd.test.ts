import { contributionOf } from "../../lib/core/feature";
import { dogstatsd } from "../../lib/features/dogstatsd";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { SOCKETS } from "../support/mounts";

const PORT = { containerPort: 8125, protocol: "udp" };
const overPort = { DD_DOGSTATSD_STATS_ENABLE: "true", DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "true" };
const overSocket = { DD_DOGSTATSD_STATS_ENABLE: "true", DD_DOGSTATSD_SOCKET: "/var/run/datadog/dsd.socket" };

const port = { port: true, socket: false, statistics: true, originDetection: false };
const socket = { port: false, socket: true, statistics: true, originDetection: false };

describe("dogstatsd", () => {
  it.each([
    ["the port on linux", port, linux, overPort, { ports: [PORT] }],
    ["the port on amazon-linux-1", port, amazonLinux1, overPort, { ports: [PORT] }],
    ["the port on windows", port, windows, overPort, { ports: [PORT] }],
    ["the socket", socket, linux, overSocket, { mounts: [SOCKETS] }],
    ["the socket on amazon-linux-1", socket, amazonLinux1, overSocket, { mounts: [SOCKETS] }],
    ["both", { ...port, socket: true }, linux, { ...overPort, ...overSocket }, { ports: [PORT], mounts: [SOCKETS] }],
  ])("receives metrics over %s", (_what, options, host, environment, rest) => {
    expect(contributionOf(dogstatsd, options, host)).toStrictEqual({ environment, ...rest });
  });

  it.each([
    ["the port", port, overPort, undefined],
    ["the socket", socket, { ...overSocket, DD_DOGSTATSD_ORIGIN_DETECTION: "true" }, "host"],
    ["both", { ...port, socket: true }, { ...overPort, ...overSocket, DD_DOGSTATSD_ORIGIN_DETECTION: "true" }, "host"],
  ])(
    "detects the origin of metrics over %s, with the host's processes for the socket",
    (_what, options, environment, pidMode) => {
      const contribution = contributionOf(dogstatsd, { ...options, originDetection: true }, linux);
      expect(contribution.environment).toEqual({ ...environment, DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT: "true" });
      expect(contribution.pidMode).toBe(pidMode);
    },
  );

  it("can turn the Agent's own statistics off", () => {
    const { environment } = contributionOf(dogstatsd, { ...port, statistics: false }, linux);
    expect(environment).toEqual({ DD_DOGSTATSD_STATS_ENABLE: "false", DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "true" });
  });

  it("listens on the port only, with statistics, by default", () => {
    expect(dogstatsd.options.parse({})).toEqual(port);
  });

  it.each([
    [{ ports: true }, ""],
    [{ port: 8125 }, "port"],
    [{ socket: "yes" }, "socket"],
    [{ statistics: "true" }, "statistics"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(dogstatsd.options, options)).toEqual([path]);
  });

  it("requires a port or a socket", () => {
    expect(optionProblems(dogstatsd, { ...port, port: false })).toEqual([
      {
        path: [],
        message: "needs `port`, `socket` or both, got neither. To turn it off, set the feature to false.",
      },
    ]);
    expect(optionProblems(dogstatsd, port)).toEqual([]);
    expect(optionProblems(dogstatsd, socket)).toEqual([]);
  });

  it("works on all hosts, with the socket on hosts with UNIX sockets", () => {
    expect(needsOf(dogstatsd)).toEqual({ requires: [], optionRequires: { socket: ["unix-sockets"] } });
  });
});
