import * as z from "zod";
import { defineSetting } from "../core/setting";
import { isTrue, when } from "../core/term";

/**
 * Paths that the Agent's image writes to: generated configuration, state, logs, PID files, sockets and temporary files.
 * @see https://github.com/DataDog/helm-charts/blob/main/charts/datadog/templates/_container-agent.yaml
 */
const WRITABLE_PATHS = [
  "/etc/datadog-agent",
  "/opt/datadog-agent/run",
  "/tmp",
  "/var/log/datadog",
  "/var/run/datadog",
  "/var/run/s6",
];

export const readonlyRootFilesystem = defineSetting({
  summary:
    "Make the root file system of the Agent's container read-only (Security Hub ECS.5); paths that the Agent writes to become empty volumes, unless `mounts` or a feature mounts another volume there",
  of: "daemon",
  schema: z.boolean().default(false),
  requires: ["linux-containers"],
  container: { readonlyRootFilesystem: when(isTrue("readonlyRootFilesystem"), true) },
  contribution: { writable: when(isTrue("readonlyRootFilesystem"), WRITABLE_PATHS) },
});
