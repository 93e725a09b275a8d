import { recognizeHost } from "../../lib/diff-config/host";
import { definitionOf } from "../support/definitions";

const DOCKER = { "/var/run/docker.sock": "/var/run/docker.sock" };
const UNNAMED = { placementConstraints: [] };

describe("recognizeHost", () => {
  it.each([
    ["linux", "cgroups at their place", { "/host/sys/fs/cgroup": "/sys/fs/cgroup" }],
    ["amazon-linux-1", "cgroups of the first Amazon Linux", { ...DOCKER, "/host/sys/fs/cgroup/": "/cgroup" }],
    ["windows", "a named pipe", { "\\\\.\\pipe\\docker_engine": "\\\\.\\pipe\\docker_engine" }],
    ["linux", "nothing at all", {}],
    ["linux", "nothing that hosts have", { "/x": "/y" }],
  ])("is %s with %s", (host, _what, base) => {
    expect(recognizeHost(definitionOf({ base, task: UNNAMED }))).toBe(host);
  });

  it.each([
    ["windows", { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } }],
    ["linux", { runtimePlatform: { operatingSystemFamily: "LINUX" } }],
    ["windows", { placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type==windows" }] }],
  ])("is %s where the definition says so", (host, task) => {
    expect(recognizeHost(definitionOf({ base: {}, task: { ...UNNAMED, ...task } }))).toBe(host);
  });

  it("believes what the definition says, whatever is mounted", () => {
    const task = { ...UNNAMED, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
    expect(recognizeHost(definitionOf({ task }))).toBe("windows");
    expect(recognizeHost(definitionOf({ base: { "/host/sys/fs/cgroup": "/cgroup/" } }))).toBe("amazon-linux-1");
  });
});
