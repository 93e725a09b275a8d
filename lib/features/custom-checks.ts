import * as z from "zod";
import { asInApi, ecsFields } from "../core/ecs-model";
import { efsHasOneDirectory, efsIsEncryptedIfNeeded, efsVolume } from "../core/efs";
import { defineFeature } from "../core/feature";
import { integer } from "../core/schema";
import { and, from, given, not, or, text, when } from "../core/term";
import { directory } from "./host-file";

const EXAMPLE = "/etc/datadog-checks";

/** ECS can't mount a part of a volume, so each directory is the root of a volume. */
const OWNED = ["rootDirectory"];

/**
 * Checks and their configuration from directories, for what `checks` can't hold: code, certificates, large files. The
 * image copies *.yaml and *.py files into the Agent's own directories at startup.
 * @see https://github.com/DataDog/datadog-agent/blob/main/Dockerfiles/agent/cont-init.d/89-copy-customfiles.sh
 */
export const customChecks = defineFeature({
  summary: "Runs custom checks from directories on the host or on EFS",
  documentation: "https://docs.datadoghq.com/developers/custom_checks/",
  access: "The checks and their configuration are in directories on the host, unless they are on EFS",
  requires: ["linux-containers"],
  options: z.strictObject({
    configuration: directory("Directory with check configuration files (conf.d)", EXAMPLE),
    code: directory("Directory with Python checks (checks.d)", EXAMPLE),
    efs: asInApi("EFSVolumeConfiguration", efsVolume.omit({ rootDirectory: true }))
      .optional()
      .describe("EFS file system that has the directories, instead of the host; as in the ECS API"),
    runners: integer(1, 64).optional().describe("Number of checks that run in parallel; the Agent's default is 4"),
  }),
  on: () => ({
    environment: { DD_CHECK_RUNNERS: text(from("runners")) },
    mounts: [
      when(given("configuration"), directoryMount("custom_conf_d", "configuration", "/conf.d")),
      when(given("code"), directoryMount("custom_checks_d", "code", "/checks.d")),
    ],
  }),
  rules: [
    {
      at: "",
      holds: or(given("configuration"), given("code")),
      must: "needs `configuration`, `code` or both, got neither. Add one, or set the feature to false.",
    },
    {
      at: "efs",
      holds: efsIsEncryptedIfNeeded("efs"),
      must: "must have `efs.transitEncryption` ENABLED for an access point, IAM or a transit encryption port.",
    },
    {
      at: "efs",
      holds: and(efsHasOneDirectory("efs", "configuration"), efsHasOneDirectory("efs", "code")),
      must: "needs `configuration` and `code` to be / with an access point, which sets the directory. Put both kinds of files into it.",
    },
  ],
});

function directoryMount(name: string, option: string, containerPath: string) {
  const volume = {
    name,
    host: when(not(given("efs")), { sourcePath: from(option) }),
    efsVolumeConfiguration: when(given("efs"), {
      ...ecsFields("EFSVolumeConfiguration", "efs", OWNED),
      rootDirectory: from(option),
    }),
  };
  return { volume, containerPath, readOnly: true };
}
