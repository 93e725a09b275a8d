import { dogstatsd } from "../../lib/features/dogstatsd";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";
import { SOCKETS } from "../support/mounts";

const PORT = { containerPort: 8125, protocol: "udp" };
const overPort = { DD_DOGSTATSD_STATS_ENABLE: "true", DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "true" };
const overSocket = { DD_DOGSTATSD_STATS_ENABLE: "true", DD_DOGSTATSD_SOCKET: "/var/run/datadog/dsd.socket" };

const port = { port: true, socket: false, statistics: true };
const socket = { port: false, socket: true, statistics: true };

describe("dogstatsd", () => {
  it.each([
    ["the port on linux", port, linux, overPort, [PORT], []],
    ["the port on amazon-linux-1", port, amazonLinux1, overPort, [PORT], []],
    ["the port on windows", port, windows, overPort, [PORT], []],
    ["the socket", socket, linux, overSocket, [], [SOCKETS]],
    ["the socket on amazon-linux-1", socket, amazonLinux1, overSocket, [], [SOCKETS]],
    ["both", { ...port, socket: true }, linux, { ...overPort, ...overSocket }, [PORT], [SOCKETS]],
  ])("receives metrics over %s", (_what, options, host, environment, ports, mounts) => {
    expect(dogstatsd.on(options, host)).toStrictEqual({ environment, ports, mounts });
  });

  it("says so where the Agent's own statistics are not wanted", () => {
    const { environment } = dogstatsd.on({ ...port, statistics: false }, linux);
    expect(environment).toEqual({ DD_DOGSTATSD_STATS_ENABLE: "false", DD_DOGSTATSD_NON_LOCAL_TRAFFIC: "true" });
  });

  it("listens on its port, on no socket, and keeps statistics by default", () => {
    expect(dogstatsd.options.parse({})).toEqual({ port: true, socket: false, statistics: true });
  });

  it.each([
    [{ ports: true }, ""],
    [{ port: 8125 }, "port"],
    [{ socket: "yes" }, "socket"],
    [{ statistics: "true" }, "statistics"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(dogstatsd.options, options)).toEqual([path]);
  });

  it("refuses to listen on nothing", () => {
    expect(dogstatsd.problems?.({ port: false, socket: false, statistics: true })).toEqual([
      {
        path: [],
        message: "must listen on `port`, `socket` or both, got neither. To turn it off, set the feature to false.",
      },
    ]);
    expect(dogstatsd.problems?.(port)).toEqual([]);
    expect(dogstatsd.problems?.(socket)).toEqual([]);
  });

  it("works everywhere, its socket where there are UNIX sockets", () => {
    expect(needsOf(dogstatsd)).toEqual({ requires: [], optionRequires: { socket: ["unix-sockets"] } });
  });
});
