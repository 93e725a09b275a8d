import { expressionOf, mountOf, mountsOf } from "../../../lib/outputs/import/mounts";
import { linux } from "../../../lib/hosts/linux";
import { windows } from "../../../lib/hosts/windows";
import { definitionOf } from "../../support/definitions";

describe("mountsOf", () => {
  const placeOf = (sourcePath: string, containerPath: string) => {
    const base = { [containerPath]: sourcePath };
    return mountsOf(definitionOf({ base }), 0)[0];
  };

  it.each([
    ["/proc/", "/host/proc/", "/proc", "/host/proc"],
    ["/", "/host/root", "/", "/host/root"],
    ["/Data/", "/Data", "/Data", "/Data"],
    [
      "C:\\ProgramData\\Docker\\containers\\",
      "c:/programdata/docker/containers",
      "c:/programdata/docker/containers",
      "c:/programdata/docker/containers",
    ],
    ["\\\\.\\pipe\\docker_engine", "//./pipe/docker_engine", "//./pipe/docker_engine", "//./pipe/docker_engine"],
  ])("normalizes paths: %s at %s", (sourcePath, containerPath, source, path) => {
    expect(placeOf(sourcePath, containerPath)).toEqual({ path, source, readOnly: true });
  });

  it("names volumes that aren't on the host, and missing volumes", () => {
    const dockerVolumeConfiguration = { autoprovision: true, driver: "local", scope: "shared", labels: { a: "b" } };
    const volumes = [
      { name: "a", dockerVolumeConfiguration },
      { name: "b", fsxWindowsFileServerVolumeConfiguration: {} },
      { name: "c", dockerVolumeConfiguration: { autoprovision: false } },
    ];
    const mountPoints = ["a", "b", "c", "d"].map((name) => ({ containerPath: `/${name}`, sourceVolume: name }));
    const sources = mountsOf(definitionOf({ task: { volumes }, agent: { mountPoints } }), 0).map(
      ({ source }) => source,
    );
    expect(sources).toEqual([
      "the Docker volume a (shared, local, autoprovisioned, labels)",
      "the volume b",
      "the Docker volume c (task, local, not autoprovisioned)",
      "no volume",
    ]);
  });
});

describe("an EFS volume", () => {
  const sourceOf = (efs: object) => {
    const volumes = [{ name: "a", efsVolumeConfiguration: { fileSystemId: "fs-1", ...efs } }];
    const mountPoints = [{ containerPath: "/a", sourceVolume: "a" }];
    return mountsOf(definitionOf({ task: { volumes }, agent: { mountPoints } }), 0)[0]?.source;
  };

  it.each<[object, string]>([
    [{}, "directory /"],
    [{ rootDirectory: "/a/" }, "directory /a"],
    [{ transitEncryption: "DISABLED", authorizationConfig: { iam: "DISABLED" } }, "directory /"],
    [{ transitEncryption: "ENABLED" }, "directory / (encrypted)"],
    [{ transitEncryption: "ENABLED", transitEncryptionPort: 2049 }, "directory / (encrypted on port 2049)"],
    [
      { transitEncryption: "ENABLED", authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" } },
      "directory / (fsap-1, encrypted, IAM)",
    ],
  ])("with %j is %s", (efs, source) => {
    expect(sourceOf(efs)).toBe(`the EFS file system fs-1, ${source}`);
  });
});

describe("mountOf", () => {
  it("converts the mounts of hosts", () => {
    expect(linux.agentMounts.map(mountOf)).toContainEqual({ path: "/host/proc", source: "/proc", readOnly: true });
    expect(windows.logMounts.map(mountOf)).toContainEqual({
      path: "c:/programdata/datadog/run",
      source: "the Docker volume pointdir (shared, local, autoprovisioned)",
      readOnly: false,
    });
  });
});

describe("expressionOf", () => {
  it.each([
    ["attribute:ecs.os-type==linux", "attribute:ecs.os-type == linux"],
    ["  attribute:a  !=  b ", "attribute:a != b"],
    ["attribute:a in [b, c]", "attribute:a in [b, c]"],
  ])("normalizes the spaces of %j", (expression, spaced) => {
    expect(expressionOf({ expression })).toBe(spaced);
  });
});
