import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { MountPoint } from "@aws-sdk/client-ecs";
import { catalog } from "../../lib/catalog";
import { NETWORK_MODES } from "../../lib/core/ecs";
import { HOST_TRAITS, type HostMount } from "../../lib/core/host";
import { contributionOf } from "../../lib/core/feature";
import { everyOption, neededOptions } from "../support/options";
import type { Configuration } from "./accepted";
import { construct, file, outputsOfCluster } from "./outputs";

/** Every host in the registry. No host is named here, so new ones are tested too. */

const ROOT = resolve(__dirname, "../..");
const hosts = Object.entries(catalog.hosts).map(([name, host]) => ({ name, host }));
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

describe("every host", () => {
  it.each(hosts)("has a summary: $name", ({ name, host: { summary } }) => {
    expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(summary).toMatch(/^[A-Z][^\n]{5,99}[^.\s]$/);
  });

  it.each(hosts)("has known traits and network modes: $name", ({ host: { traits, networkModes, networkMode } }) => {
    expect(Object.keys(HOST_TRAITS)).toEqual(expect.arrayContaining([...traits]));
    expect(new Set(traits).size).toBe(traits.length);
    expect(NETWORK_MODES).toEqual(expect.arrayContaining([...networkModes]));
    expect([undefined, ...networkModes]).toContain(networkMode);
  });

  it.each(hosts)("has unique mounts of the host: $name", ({ host }) => {
    const { agentMounts, logMounts, userMounts, socketMounts, traits } = host;
    const all = [...agentMounts, ...logMounts, ...userMounts, ...socketMounts];
    expect(agentMounts.length).toBeGreaterThan(0);
    expect(logMounts.length).toBeGreaterThan(0);
    expect(new Set(all.map(({ containerPath }) => containerPath)).size).toBe(all.length);
    expect(new Set(all.map(({ volume }) => volume.name)).size).toBe(all.length);
    expect(all.filter(({ containerPath }) => !/^(\/|[a-zA-Z]:|\\\\)/.test(containerPath))).toEqual([]);
    expect(socketMounts.length > 0).toBe(traits.includes("unix-sockets"));
  });

  it.each(hosts)("can be chosen for a cluster and for a daemon: $name", ({ name }) => {
    expect([file, construct].map(({ takes, base }) => takes({ ...base, host: name }))).toEqual([true, true]);
    expect(file.takes({ ...file.base, hosts: [name] })).toBe(true);
  });

  it.each(hosts)("has defaults that could be set: $name", ({ name, host: { cpu, memoryMiB } }) => {
    expect(file.takes({ ...file.base, host: name, cpu, memoryMiB })).toBe(true);
  });

  it.each(hosts)("is documented: $name", ({ name }) => {
    const word = `"${name}"`;
    expect(read("clusters.schema.json")).toContain(word);
    expect(read("lib/configuration/interfaces.ts")).toMatch(new RegExp(`host\\?: .*${word}`));
    expect(read("docs/configuration.md")).toMatch(new RegExp(`^\\| \`host\` .*\`${name}\``, "m"));
  });

  it.each(hosts)("runs the Agent with its defaults: $name", ({ name, host }) => {
    const { file: task } = outputsOfCluster({ ...file.base, host: name });
    const [agent] = task.containerDefinitions ?? [];
    expect(task).toMatchObject({
      placementConstraints: [{ type: "memberOf", expression: `attribute:ecs.os-type == ${host.osType}` }],
    });
    expect([task.networkMode, agent?.cpu, agent?.memory]).toEqual([host.networkMode, host.cpu, host.memoryMiB]);
    expect(agent?.mountPoints?.sort(byPath)).toEqual(host.agentMounts.map(mountPoint).sort(byPath));
    expect(task.volumes).toEqual(expect.arrayContaining(host.agentMounts.map(({ volume }) => volume)));
  });
});

describe("every feature on every host", () => {
  const pairs = hosts.flatMap(({ name: hostName, host }) =>
    Object.entries(catalog.features).map(([name, feature]) => ({ name, feature, hostName, host })),
  );
  const taskWith = ({ name, feature, hostName }: (typeof pairs)[number]): Configuration => ({
    ...file.base,
    host: hostName,
    ...(feature.sites && { site: feature.sites.only[0] }),
    features: { [name]: neededOptions(feature) },
  });
  const needed = ({ feature }: (typeof pairs)[number]) => Object.keys({ ...feature.needs });

  it.each(pairs)("works only if the host has the required traits: $name on $hostName", (pair) => {
    const { feature, host } = pair;
    const others = Object.fromEntries(needed(pair).map((other) => [other, true]));
    const cluster = taskWith(pair);
    const withOthers = { ...cluster, features: { ...(cluster.features as Configuration), ...others } };
    expect(file.takes(withOthers)).toBe(feature.requires.every((trait) => host.traits.includes(trait)));
  });

  it.each(pairs)("adds plain data: $name on $hostName", ({ feature, host }) => {
    const contribution = contributionOf(feature, everyOption(feature), host);
    expect(JSON.parse(JSON.stringify(contribution))).toEqual(contribution);
  });
});

function mountPoint({ volume, containerPath, readOnly }: HostMount): MountPoint {
  return { sourceVolume: volume.name, containerPath, readOnly };
}

function byPath({ containerPath: a = "" }: MountPoint, { containerPath: b = "" }: MountPoint): number {
  return a < b ? -1 : 1;
}
