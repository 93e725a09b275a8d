import { contributionOf } from "../../lib/core/feature";
import { apm } from "../../lib/features/apm";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { SOCKETS } from "../support/mounts";

const PORT = { containerPort: 8126, protocol: "tcp" };
const overPort = { DD_APM_ENABLED: "true", DD_APM_NON_LOCAL_TRAFFIC: "true" };
const overSocket = { DD_APM_ENABLED: "true", DD_APM_RECEIVER_SOCKET: "/var/run/datadog/apm.socket" };

describe("apm", () => {
  it.each([
    ["the port on linux", { port: true, socket: false }, linux, overPort, { ports: [PORT] }],
    ["the port on amazon-linux-1", { port: true, socket: false }, amazonLinux1, overPort, { ports: [PORT] }],
    ["the port on windows", { port: true, socket: false }, windows, overPort, { ports: [PORT] }],
    ["the socket", { port: false, socket: true }, linux, overSocket, { mounts: [SOCKETS] }],
    ["the socket on amazon-linux-1", { port: false, socket: true }, amazonLinux1, overSocket, { mounts: [SOCKETS] }],
    ["both", { port: true, socket: true }, linux, { ...overPort, ...overSocket }, { ports: [PORT], mounts: [SOCKETS] }],
  ])("receives traces over %s", (_what, options, host, environment, rest) => {
    expect(contributionOf(apm, options, host)).toStrictEqual({ environment, ...rest });
  });

  it("listens on the port only by default", () => {
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

  it("requires a port or a socket", () => {
    expect(optionProblems(apm, { port: false, socket: false })).toEqual([
      {
        path: [],
        message: "needs `port`, `socket` or both, got neither. To turn it off, set the feature to false.",
      },
    ]);
    expect(optionProblems(apm, { port: true, socket: false })).toEqual([]);
    expect(optionProblems(apm, { port: false, socket: true })).toEqual([]);
  });

  it("works on all hosts, with the socket on hosts with UNIX sockets; when off, turns the image's receiver off", () => {
    expect(needsOf(apm)).toEqual({
      requires: [],
      optionRequires: { socket: ["unix-sockets"] },
      off: { DD_APM_ENABLED: "false" },
    });
  });
});
