import { apm } from "../../lib/features/apm";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";
import { SOCKETS } from "../support/mounts";

const PORT = { containerPort: 8126, protocol: "tcp" };
const overPort = { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "true" };
const overSocket = { DD_APM_ENABLED: "true", DD_APM_RECEIVER_SOCKET: "/var/run/datadog/apm.socket" };

describe("apm", () => {
  it.each([
    ["the port on linux", { port: true, socket: false }, linux, overPort, [PORT], []],
    ["the port on amazon-linux-1", { port: true, socket: false }, amazonLinux1, overPort, [PORT], []],
    ["the port on windows", { port: true, socket: false }, windows, overPort, [PORT], []],
    ["the socket", { port: false, socket: true }, linux, overSocket, [], [SOCKETS]],
    ["the socket on amazon-linux-1", { port: false, socket: true }, amazonLinux1, overSocket, [], [SOCKETS]],
    ["both", { port: true, socket: true }, linux, { ...overPort, ...overSocket }, [PORT], [SOCKETS]],
  ])("receives traces over %s", (_what, options, host, environment, ports, mounts) => {
    expect(apm.on(options, host)).toStrictEqual({ environment, ports, mounts });
  });

  it("listens on its port, and on no socket, by default", () => {
    expect(apm.options.parse({})).toEqual({ port: true, socket: false });
  });

  it.each([
    [{ prot: true }, ""],
    [{ port: 8126 }, "port"],
    [{ port: "true" }, "port"],
    [{ socket: "/var/run/datadog/apm.socket" }, "socket"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(apm.options, options)).toEqual([path]);
  });

  it("refuses to listen on nothing", () => {
    expect(apm.problems?.({ port: false, socket: false })).toEqual([
      {
        path: [],
        message: "must listen on `port`, `socket` or both, got neither. To turn it off, set the feature to false.",
      },
    ]);
    expect(apm.problems?.({ port: true, socket: false })).toEqual([]);
    expect(apm.problems?.({ port: false, socket: true })).toEqual([]);
  });

  it("works everywhere, its socket where there are UNIX sockets; off, it turns the image's receiver off", () => {
    expect(needsOf(apm)).toEqual({
      requires: [],
      optionRequires: { socket: ["unix-sockets"] },
      off: { DD_APM_ENABLED: "false" },
    });
  });
});
