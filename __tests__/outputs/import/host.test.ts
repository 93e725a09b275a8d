import { catalog } from "../../../lib/catalog";
import { recognizeHost } from "../../../lib/outputs/import/host";
import { definitionOf } from "../../support/definitions";

const DOCKER = { "/var/run/docker.sock": "/var/run/docker.sock" };
const UNNAMED = { placementConstraints: [] };

describe("recognizeHost", () => {
  it.each([
    ["linux", "cgroups at their place", { "/host/sys/fs/cgroup": "/sys/fs/cgroup" }],
    ["amazon-linux-1", "cgroups of Amazon Linux 1", { ...DOCKER, "/host/sys/fs/cgroup/": "/cgroup" }],
    ["windows", "a named pipe", { "\\\\.\\pipe\\docker_engine": "\\\\.\\pipe\\docker_engine" }],
    ["linux", "nothing at all", {}],
    ["linux", "nothing that hosts have", { "/x": "/y" }],
  ])("is %s with %s", (host, _what, base) => {
    expect(recognizeHost(catalog, definitionOf({ base, task: UNNAMED }))).toBe(host);
  });

  it.each([
    ["windows", { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } }],
    ["linux", { runtimePlatform: { operatingSystemFamily: "LINUX" } }],
    ["windows", { placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type==windows" }] }],
  ])("is %s if the definition has its operating system", (host, task) => {
    expect(recognizeHost(catalog, definitionOf({ base: {}, task: { ...UNNAMED, ...task } }))).toBe(host);
  });

  it("prefers the definition's operating system over mounts", () => {
    const task = { ...UNNAMED, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } };
    expect(recognizeHost(catalog, definitionOf({ task }))).toBe("windows");
    expect(recognizeHost(catalog, definitionOf({ base: { "/host/sys/fs/cgroup": "/cgroup/" } }))).toBe(
      "amazon-linux-1",
    );
  });
});
