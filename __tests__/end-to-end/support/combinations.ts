import type { Feature } from "../../../lib/core/feature";
import type { Features } from "../../../lib/core/toggles";
import * as registry from "../../../lib/features";
import { HOST_NAMES, type HostName, hosts } from "../../../lib/hosts";
import { everyOption, neededOptions } from "../../support/options";
import { type DaemonProps, ROLES } from "./daemons";

const features = Object.entries(registry as Features);
const SOCKETS = { apm: { socket: true }, dogstatsd: { port: false, socket: true } };

/** The features that a host supports. */
function onHost(host: HostName): readonly string[] {
  const { traits } = hosts[host];
  return features.filter(([, { requires }]) => requires.every((trait) => traits.includes(trait))).map(([name]) => name);
}

/** All options that a host supports. */
function everyOptionOn(host: HostName, feature: Feature): Record<string, unknown> {
  const options = Object.entries(everyOption(feature)).filter(([option]) =>
    (feature.optionRequires?.[option] ?? []).every((trait) => hosts[host].traits.includes(trait)),
  );
  return Object.fromEntries(options);
}

/** Features that can be on together. Of two that exclude each other, the later one in the registry is off. */
function compatible(names: readonly string[]): readonly string[] {
  return names.filter((name, index) =>
    names.slice(0, index).every((other) => !excludesOther(name, other) && !excludesOther(other, name)),
  );
}

function excludesOther(name: string, other: string): boolean {
  const { excludes = {}, replaces = {}, sites } = (registry as Features)[name] ?? {};
  const others = (registry as Features)[other]?.sites;
  const apart = sites && others && !sites.only.some((site) => others.only.includes(site));
  return other in excludes || other in replaces || apart === true;
}

/** These features on with the given options, all others off unless these need them, and a site that supports them all. */
function withFeatures(names: readonly string[], options = neededOptions): DaemonProps {
  const site = features.find(([name, { sites }]) => names.includes(name) && sites)?.[1].sites?.only[0];
  const through = names.flatMap((name) => Object.keys((registry as Features)[name]?.through ?? {}));
  const toggles = features
    .filter(([name]) => names.includes(name) || !through.includes(name))
    .map(([name, feature]) => [name, names.includes(name) && options(feature)]);
  return { site: site ?? "datadoghq.com", features: Object.fromEntries(toggles) as DaemonProps["features"] };
}

/** For every host: no feature, each feature by itself, and all features; every launch type; every network mode. */
export function combinations(awsvpc: DaemonProps): Record<string, DaemonProps> {
  const daemons: Record<string, DaemonProps> = {};
  for (const host of HOST_NAMES) {
    const names = onHost(host);
    const works = (key: "launchTypes" | "networkModes", value: string) =>
      compatible(
        names.filter((name) => ((registry as Features)[name]?.[key]?.only ?? [value]).includes(value as never)),
      );
    const onExternal = works("launchTypes", "EXTERNAL");
    const add = (id: string, props: DaemonProps) => (daemons[`${host}-${id}`] = { host, ...ROLES, ...props });
    add("none", withFeatures([]));
    // Amazon Linux 1 differs from Linux only in one mount.
    if (host !== "amazon-linux-1") for (const name of names) add(name, withFeatures([name]));
    const everything = (feature: Feature) => everyOptionOn(host, feature);
    add("all", withFeatures(compatible(names), everything));
    add("all-roles-created", {
      ...withFeatures(compatible(names), everything),
      taskRoleArn: undefined,
      executionRoleArn: undefined,
    });
    add("external", { ...withFeatures(onExternal), launchType: "EXTERNAL" });
    add("awsvpc", { ...withFeatures(compatible(names)), networkMode: "awsvpc", ...awsvpc });
    if (host === "windows") continue;
    add("sockets", { features: SOCKETS });
    add("bridge", { ...withFeatures(works("networkModes", "bridge")), networkMode: "bridge" });
    add("host", { ...withFeatures(compatible(names)), networkMode: "host" });
    add("external-host", { ...withFeatures(onExternal), launchType: "EXTERNAL", networkMode: "host" });
  }
  daemons["every-key"] = {
    ...ROLES,
    tags: { env: "production", team: "platform" },
    environment: { DD_HOST_ALIASES: "a b" },
    environmentOverrides: { DD_LOG_LEVEL: "debug", DD_APM_ENABLED: "true" },
    checks: {
      http_check: {
        init_config: { timeout: 1.5 },
        instances: [{ name: "<a> & b", url: "https://a.example", tls_verify: false, headers: { b: 1, a: null } }],
      },
    },
    features: {
      workloadProtection: { policies: "/etc/datadog/custom.policy" },
      customChecks: {
        configuration: "/",
        code: "/",
        efs: {
          fileSystemId: "fs-0123456789abcdef0",
          transitEncryption: "ENABLED",
          transitEncryptionPort: 2049,
          authorizationConfig: { accessPointId: "fsap-0123456789abcdef0", iam: "ENABLED" },
        },
      },
    },
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
