import { contributionOf } from "../../lib/core/feature";
import { customChecks } from "../../lib/features/custom-checks";
import { linux } from "../../lib/hosts/linux";
import { needsOf, optionProblems, refusedPaths } from "../support/feature";
import { mounted } from "../support/mounts";

const CONFIGURATION = mounted("custom_conf_d", "/etc/checks/conf.d", "/conf.d", true);
const CODE = mounted("custom_checks_d", "/etc/checks/checks.d", "/checks.d", true);
const ACCESS_POINT = { authorizationConfig: { accessPointId: "fsap-0123456789abcdef0" } };

describe("customChecks", () => {
  it.each([
    [{ configuration: "/etc/checks/conf.d" }, {}, [CONFIGURATION]],
    [{ code: "/etc/checks/checks.d" }, {}, [CODE]],
    [
      { configuration: "/etc/checks/conf.d", code: "/etc/checks/checks.d", runners: 8 },
      { DD_CHECK_RUNNERS: "8" },
      [CONFIGURATION, CODE],
    ],
  ])("mounts %j read-only where the Agent's image looks for it", (options, environment, mounts) => {
    expect(contributionOf(customChecks, options, linux)).toStrictEqual({ environment, mounts });
  });

  const onEfs = (name: string, rootDirectory: string, containerPath: string, more = {}) => ({
    volume: { name, efsVolumeConfiguration: { fileSystemId: "fs-0123456789abcdef0", rootDirectory, ...more } },
    containerPath,
    readOnly: true,
  });

  it.each([
    [
      { configuration: "/a/conf.d", code: "/a/checks.d", efs: { fileSystemId: "fs-0123456789abcdef0" } },
      [onEfs("custom_conf_d", "/a/conf.d", "/conf.d"), onEfs("custom_checks_d", "/a/checks.d", "/checks.d")],
    ],
    [
      { code: "/", efs: { fileSystemId: "fs-0123456789abcdef0", transitEncryption: "ENABLED", ...ACCESS_POINT } },
      [onEfs("custom_checks_d", "/", "/checks.d", { transitEncryption: "ENABLED", ...ACCESS_POINT })],
    ],
  ])("mounts %j from EFS", (options, mounts) => {
    expect(contributionOf(customChecks, options, linux)).toStrictEqual({ environment: {}, mounts });
  });

  it.each([
    [{ folder: "/a" }, ""],
    [{ code: "/a", efs: {} }, "efs.fileSystemId"],
    [{ code: "/a", efs: { fileSystemId: "fs-0123456789abcdef0", rootDirectory: "/" } }, "efs"],
    [{ code: "/a", efs: { fileSystemId: "fs-0123456789abcdef0", transitEncryption: "on" } }, "efs.transitEncryption"],
    [{ code: "/a", efs: { fileSystemId: "file-system" } }, "efs.fileSystemId"],
    [
      { code: "/a", efs: { fileSystemId: "fs-0123456789abcdef0", transitEncryptionPort: 0 } },
      "efs.transitEncryptionPort",
    ],
    [
      { code: "/", efs: { fileSystemId: "fs-0123456789abcdef0", authorizationConfig: { accessPointId: "fs-1" } } },
      "efs.authorizationConfig.accessPointId",
    ],
    [{ code: "checks.d" }, "code"],
    [{ code: "/a:/b" }, "code"],
    [{ runners: 0 }, "runners"],
  ])("refuses the options %j", (options, path) => {
    expect(refusedPaths(customChecks.options, options)).toEqual([path]);
  });

  it("requires a directory", () => {
    expect(optionProblems(customChecks, { runners: 8 })).toEqual([
      {
        path: [],
        message: "needs `configuration`, `code` or both, got neither. Add one, or set the feature to false.",
      },
    ]);
    expect(optionProblems(customChecks, { code: "/a" })).toEqual([]);
  });

  const ENCRYPTION = "must have `efs.transitEncryption` ENABLED for an access point, IAM or a transit encryption port.";
  const ROOT =
    "needs `configuration` and `code` to be / with an access point, which sets the directory. Put both kinds of files into it.";

  it.each<[object, object, string[]]>([
    [{ code: "/a" }, {}, []],
    [{ code: "/a" }, { transitEncryption: "DISABLED" }, []],
    [{ code: "/a" }, { transitEncryption: "ENABLED", transitEncryptionPort: 2049 }, []],
    [{ code: "/a" }, { transitEncryptionPort: 2049 }, [ENCRYPTION]],
    [{ code: "/a" }, { authorizationConfig: { iam: "DISABLED" } }, []],
    [{ code: "/a" }, { authorizationConfig: { iam: "ENABLED" } }, [ENCRYPTION]],
    [{ code: "/a" }, { transitEncryption: "DISABLED", authorizationConfig: { iam: "ENABLED" } }, [ENCRYPTION]],
    [{ code: "/a" }, { transitEncryption: "ENABLED", authorizationConfig: { iam: "ENABLED" } }, []],
    [{ code: "/" }, ACCESS_POINT, [ENCRYPTION]],
    [{ code: "/" }, { transitEncryption: "ENABLED", ...ACCESS_POINT }, []],
    [{ code: "/a" }, { transitEncryption: "ENABLED", ...ACCESS_POINT }, [ROOT]],
    [{ configuration: "/a" }, { transitEncryption: "ENABLED", ...ACCESS_POINT }, [ROOT]],
    [{ configuration: "/", code: "/a" }, { transitEncryption: "ENABLED", ...ACCESS_POINT }, [ROOT]],
    [{ configuration: "/", code: "/" }, { transitEncryption: "ENABLED", ...ACCESS_POINT }, []],
    [{ code: "/a" }, ACCESS_POINT, [ENCRYPTION, ROOT]],
  ])("with %j follows ECS's rules for the EFS volume %j", (directories, more, messages) => {
    const options = { ...directories, efs: { fileSystemId: "fs-0123456789abcdef0", ...more } };
    expect(optionProblems(customChecks, options)).toEqual(messages.map((message) => ({ path: ["efs"], message })));
  });

  it("needs Linux containers", () => {
    expect(needsOf(customChecks)).toEqual({ requires: ["linux-containers"] });
  });
});
