import * as z from "zod";
import { AGENT_ACCESS } from "../../lib/core/agent";
import { defineFeature } from "../../lib/core/feature";
import { hostMount } from "../../lib/core/host";
import * as registry from "../../lib/features";
import { accessTable } from "../../lib/documentation/access-table";
import { and, concat, from, isTrue, not, when } from "../../lib/core/term";
import { hosts } from "../../lib/hosts";

const documentation = "https://example.com/";
const common = { summary: "A feature", documentation, requires: [], options: z.strictObject({}) } as const;

/** The rows below the heading and the row of the Agent. */
function featureRows(...args: Parameters<typeof accessTable>): string[] {
  return accessTable(...args)
    .split("\n")
    .slice(3);
}

describe("accessTable", () => {
  it("starts with the Agent without features", () => {
    const paths = "`/var/run/docker.sock`, `/proc/`, `/sys/fs/cgroup/`, `/cgroup/`, `\\\\.\\pipe\\docker_engine`";
    expect(accessTable({}, hosts).split("\n")).toEqual([
      "| Feature | Host paths | Capabilities | PID namespace | Why |",
      "| --- | --- | --- | --- | --- |",
      `| Agent without features | read-only: ${paths} |  |  | ${AGENT_ACCESS} |`,
    ]);
  });

  it("lists what features add on any host with any combination of boolean options, sorted by name", () => {
    const traced = defineFeature({
      ...common,
      access: "To trace",
      requires: ["linux-kernel"],
      options: z.strictObject({
        off: z.boolean().default(true),
        on: z.boolean().default(false),
        name: z.string().default("/given"),
      }),
      on: () => ({
        mounts: concat(
          [{ volume: { name: "a", host: { sourcePath: from("name") } }, containerPath: "/a", readOnly: true }],
          when(and(isTrue("on"), not(isTrue("off"))), [hostMount("b", "/b", { readOnly: false })]),
        ),
        capabilities: when(isTrue("on"), ["SYS_PTRACE", "CHOWN"]),
        pidMode: when(isTrue("off"), "host"),
      }),
    });
    const logged = defineFeature({
      ...common,
      access: "To log",
      on: ({ logMounts }) => ({ mounts: logMounts }),
    });
    const killing = defineFeature({ ...common, access: "To kill", on: () => ({ capabilities: ["KILL"] }) });
    expect(featureRows({ traced, logged, killing }, hosts)).toEqual([
      "| `killing` |  | `KILL` |  | To kill |",
      "| `logged` | read-only: `/var/lib/docker/containers/`, `c:/programdata/docker/containers`; " +
        "read-write: `/opt/datadog-agent/run`, Docker volume `pointdir` |  |  | To log |",
      "| `traced` | read-only: `/given`; read-write: `/b` | `CHOWN`, `SYS_PTRACE` | host | To trace |",
    ]);
  });

  it("leaves out what a host doesn't support, and features without more access", () => {
    const mounts = (path: string) => ({ mounts: [hostMount("a", path)] });
    const lacking = defineFeature({
      ...common,
      options: z.strictObject({ socket: z.boolean().default(false) }),
      optionRequires: { socket: ["unix-sockets"] },
      on: () => ({ mounts: when(isTrue("socket"), mounts("/socket").mounts) }),
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
