import { z } from "zod";
import { AGENT_ACCESS } from "../../lib/agent";
import { defineFeature } from "../../lib/core/feature";
import { hostMount } from "../../lib/core/host";
import * as registry from "../../lib/features";
import { accessTable } from "../../lib/handoff/access-table";
import { hosts } from "../../lib/hosts";

const documentation = "https://example.com/";
const common = { summary: "A feature", documentation, requires: [], options: z.strictObject({}) } as const;

/** The rows below the head and below that of the Agent itself. */
function featureRows(...args: Parameters<typeof accessTable>): string[] {
  return accessTable(...args)
    .split("\n")
    .slice(3);
}

describe("accessTable", () => {
  it("begins with what the Agent sees of every host, whatever its features are", () => {
    const paths = "`/var/run/docker.sock`, `/proc/`, `/sys/fs/cgroup/`, `/cgroup/`, `\\\\.\\pipe\\docker_engine`";
    expect(accessTable({}, hosts).split("\n")).toEqual([
      "| Feature | Of the host | Capabilities | Processes | Why |",
      "| --- | --- | --- | --- | --- |",
      `| the Agent itself | read-only: ${paths} |  |  | ${AGENT_ACCESS} |`,
    ]);
  });

  it("has what features add on any host with any combination of switches, in the order of their names", () => {
    const traced = defineFeature({
      ...common,
      access: "To trace",
      requires: ["linux-kernel"],
      options: z.strictObject({
        off: z.boolean().default(true),
        on: z.boolean().default(false),
        name: z.string().default("/given"),
      }),
      on: ({ off, on, name }) => ({
        mounts: [hostMount("a", name), ...(on && !off ? [hostMount("b", "/b", { readOnly: false })] : [])],
        capabilities: on ? ["SYS_PTRACE", "CHOWN"] : [],
        ...(off && { pidMode: "host" as const }),
      }),
    });
    const logged = defineFeature({
      ...common,
      access: "To log",
      on: (_options, { logMounts }) => ({ mounts: logMounts }),
    });
    const killing = defineFeature({ ...common, access: "To kill", on: () => ({ capabilities: ["KILL"] }) });
    expect(featureRows({ traced, logged, killing }, hosts)).toEqual([
      "| `killing` |  | `KILL` |  | To kill |",
      "| `logged` | read-only: `/var/lib/docker/containers/`, `c:/programdata/docker/containers`; " +
        "read-write: `/opt/datadog-agent/run`, the Docker volume `pointdir` |  |  | To log |",
      "| `traced` | read-only: `/given`; read-write: `/b` | `CHOWN`, `SYS_PTRACE` | the whole instance's | To trace |",
    ]);
  });

  it("leaves out what a host can't have, and features that see nothing more", () => {
    const mounts = (path: string) => ({ mounts: [hostMount("a", path)] });
    const lacking = defineFeature({
      ...common,
      options: z.strictObject({ socket: z.boolean().default(false) }),
      optionRequires: { socket: ["unix-sockets"] },
      on: ({ socket }) => (socket ? mounts("/socket") : {}),
    });
    const linuxOnly = defineFeature({ ...common, requires: ["linux-containers"], on: () => mounts("/linux") });
    const blind = defineFeature({ ...common, on: () => ({ ports: [{ containerPort: 1, protocol: "tcp" }] }) });
    const features = { lacking, linuxOnly, blind };
    expect(featureRows(features, { windows: hosts.windows })).toEqual([]);
    expect(featureRows(features, { linux: hosts.linux })).toEqual([
      "| `lacking` | read-only: `/socket` |  |  |  |",
      "| `linuxOnly` | read-only: `/linux` |  |  |  |",
    ]);
  });

  it("gives a reason for everything", () => {
    const rows = featureRows(registry, hosts);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => row.endsWith("|  |"))).toEqual([]);
  });
});
