import type { Feature } from "../../../lib/core/feature";
import type { Registry } from "../../../lib/core/toggles";
import * as registry from "../../../lib/features";
import { HOST_NAMES, type HostName, hosts } from "../../../lib/hosts";
import { everyOption, neededOptions } from "../../support/options";
import { type DaemonProps, ROLES } from "./daemons";

const features = Object.entries(registry as Registry);
const SOCKETS = { apm: { socket: true }, dogstatsd: { port: false, socket: true } };

/** The features that a host can have. */
function onHost(host: HostName): readonly string[] {
  const { traits } = hosts[host];
  return features.filter(([, { requires }]) => requires.every((trait) => traits.includes(trait))).map(([name]) => name);
}

/** All options that a host can have. */
function everyOptionOn(host: HostName, feature: Feature): Record<string, unknown> {
  const options = Object.entries(everyOption(feature)).filter(([option]) =>
    (feature.optionRequires?.[option] ?? []).every((trait) => hosts[host].traits.includes(trait)),
  );
  return Object.fromEntries(options);
}

/** Features that can be on together: of rivals the later one of the registry is off. */
function together(names: readonly string[]): readonly string[] {
  return names.filter((name, index) =>
    names.slice(0, index).every((other) => !isRival(name, other) && !isRival(other, name)),
  );
}

function isRival(name: string, other: string): boolean {
  const { excludes = {}, replaces = {}, sites } = (registry as Registry)[name] ?? {};
  const others = (registry as Registry)[other]?.sites;
  const apart = sites && others && !sites.only.some((site) => others.only.includes(site));
  return other in excludes || other in replaces || apart === true;
}

/** On with the given options, or all others off; on a site on which all of them work. */
function withFeatures(names: readonly string[], options = neededOptions): DaemonProps {
  const site = features.find(([name, { sites }]) => names.includes(name) && sites)?.[1].sites?.only[0];
  const toggles = features.map(([name, feature]) => [name, names.includes(name) && options(feature)]);
  return { site: site ?? "datadoghq.com", features: Object.fromEntries(toggles) as DaemonProps["features"] };
}

/** Every host with each feature alone, all together and none; every launch type; every network mode. */
export function combinations(awsvpc: DaemonProps): Record<string, DaemonProps> {
  const daemons: Record<string, DaemonProps> = {};
  for (const host of HOST_NAMES) {
    const names = onHost(host);
    const works = (key: "launchTypes" | "networkModes", value: string) =>
      together(names.filter((name) => ((registry as Registry)[name]?.[key]?.only ?? [value]).includes(value as never)));
    const onExternal = works("launchTypes", "EXTERNAL");
    const add = (id: string, props: DaemonProps) => (daemons[`${host}-${id}`] = { host, ...ROLES, ...props });
    add("none", withFeatures([]));
    // Amazon Linux 1 differs from Linux in one mount.
    if (host !== "amazon-linux-1") for (const name of names) add(name, withFeatures([name]));
    const everything = (feature: Feature) => everyOptionOn(host, feature);
    add("all", withFeatures(together(names), everything));
    add("all-roles-created", {
      ...withFeatures(together(names), everything),
      taskRoleArn: undefined,
      executionRoleArn: undefined,
    });
    add("external", { ...withFeatures(onExternal), launchType: "EXTERNAL" });
    add("awsvpc", { ...withFeatures(together(names)), networkMode: "awsvpc", ...awsvpc });
    if (host === "windows") continue;
    add("sockets", { features: SOCKETS });
    add("bridge", { ...withFeatures(works("networkModes", "bridge")), networkMode: "bridge" });
    add("host", { ...withFeatures(together(names)), networkMode: "host" });
    add("external-host", { ...withFeatures(onExternal), launchType: "EXTERNAL", networkMode: "host" });
  }
  daemons["every-key"] = {
    ...ROLES,
    tags: { env: "production", team: "platform" },
    environment: { DD_LOG_LEVEL: "debug", DD_APM_ENABLED: "true" },
    healthCheck: false,
    image: { repository: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent", digest: `sha256:${"a".repeat(64)}` },
    cpu: 0,
    memoryMiB: 1024,
    minimumHealthyPercent: 50,
    placementConstraints: [
      { type: "memberOf", expression: "attribute:ecs.instance-type =~ m5.*" },
      { type: "distinctInstance" },
    ],
    enableExecuteCommand: true,
    enableEcsManagedTags: true,
    propagateTags: "TASK_DEFINITION",
    capabilities: ["SYS_NICE"],
    resourceTags: { team: "platform" },
  };
  return daemons;
}
