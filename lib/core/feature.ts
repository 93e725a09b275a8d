import type { ContainerDefinition, Volume } from "@aws-sdk/client-ecs";
import type * as z from "zod";
import type { Capability, LaunchType, NetworkMode } from "./ecs";
import { evaluate, scopeOfOptions } from "./evaluate";
import type { AgentVersion } from "./image";
import type { Host, HostMount, HostTrait } from "./host";
import type { Rule } from "./rule";
import type { Site } from "./sites";
import type { Condition, Template } from "./term";

/** A port of a container. */
export interface Port {
  /** Number of the port in the container. */
  readonly containerPort: number;
  /** Port on the host. By default the same number, so that applications can rely on it. */
  readonly hostPort?: number;
  /** Protocol of the port. */
  readonly protocol: "tcp" | "udp";
}

/** A container in the Agent's task. Essential: if it stops, ECS restarts the task. */
export interface Sidecar {
  /** Name of the container, unique in the task. */
  readonly name: string;
  /** Image of the container. */
  readonly image: string;
  /** CPU units; 1,024 are one vCPU. */
  readonly cpu: number;
  /** Hard memory limit of the container. */
  readonly memoryMiB: number;
  /** Environment variables of the container. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ports that the container listens on. */
  readonly ports: readonly Port[];
}

/** What a feature, or the Agent's base, adds to the task. Plain data. */
export interface Contribution {
  /** Environment variables of the Agent's container. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Variables that only override those of features that are off: defaults, and what this feature needs from another.
   */
  readonly fallback?: Readonly<Record<string, string>>;
  /** Secrets of the Agent's container: ARNs by variable name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Docker labels of the Agent's container. */
  readonly dockerLabels?: Readonly<Record<string, string>>;
  /** Host paths that are mounted into the Agent's container. */
  readonly mounts?: readonly HostMount[];
  /** Paths that must be writable in the Agent's container. Paths without a mount get an empty volume. */
  readonly writable?: readonly string[];
  /** Volumes that only other containers mount. */
  readonly volumes?: readonly NamedVolume[];
  /** Ports that the Agent's container listens on. */
  readonly ports?: readonly Port[];
  /** Linux capabilities to add to the Agent's container. */
  readonly capabilities?: readonly Capability[];
  /** Default capabilities of Docker that the Agent's container drops. */
  readonly droppedCapabilities?: readonly Capability[];
  /** Containers to add to the task, next to the Agent's. */
  readonly sidecars?: readonly Sidecar[];
  /** Containers as ECS container definitions. */
  readonly containers?: readonly ContainerDefinition[];
  /** Constraints of the task definition, in the cluster query language. */
  readonly placementConstraints?: readonly string[];
  /** Process namespace of the task: `host` shows the processes of other tasks. */
  readonly pidMode?: "host" | "task";
  /** Memory that Datadog recommends for the Agent's container while this is on. */
  readonly advisedMemoryMiB?: number;
}

/** The only values that work, and the reason for error messages. */
export interface Only<Value> {
  /** The values with which it works. */
  readonly only: readonly [Value, ...Value[]];
  /** The reason. */
  readonly because: string;
}

/** A volume of the task, as ECS's API has it. */
export type NamedVolume = Volume & {
  /** What the containers' mounts refer to. */
  readonly name: string;
};

/** A release of the Agent that doesn't work with a feature, and the reason for error messages. */
export interface BrokenRelease {
  /** A version or a prefix of one, such as `7.82.0` or `7.79`. */
  readonly version: string;
  /** Why. */
  readonly because: string;
}

/** A notice about a setting or a feature that is on: worth knowing, but not wrong. */
export interface Notice {
  /** When to show it. In a feature, paths start at its options. */
  readonly when: Condition;
  /** A whole sentence. Keys of the configuration are in backticks. */
  readonly text: string;
  /** Whether it is about an explicit choice that can be changed. The Terraform module warns only of these at each plan. */
  readonly fixable?: boolean;
}

/** The Agent's default for a variable that isn't set, with the version that introduced it if not all have it. */
export type AgentDefault =
  | string
  | {
      /** The default value. */
      readonly value: string;
      /** The first version with this default. Earlier ones have none. */
      readonly since: AgentVersion;
    };

/** One feature of the Agent: facts and one pure function. */
export interface Feature<Options extends z.ZodObject = z.ZodObject> {
  /** What it does, in one line, for the help, the README and the JSON Schema. */
  readonly summary: string;
  /** URL of Datadog's documentation. */
  readonly documentation: string;
  /**
   * Why it needs its access to the host: mounts, capabilities, process namespace. One sentence that is true for all
   * options.
   */
  readonly access?: string;
  /** Traits that the host must have. */
  readonly requires: readonly HostTrait[];
  /** Schema of the options, with defaults. */
  readonly options: Options;
  /** Traits that the host must have for single options. */
  readonly optionRequires?: { readonly [Option in keyof z.output<Options>]?: readonly HostTrait[] };
  /** Supported launch types. */
  readonly launchTypes?: Only<LaunchType>;
  /**
   * Supported network modes. The first is used if `networkMode` isn't set and the host's default isn't one of these.
   */
  readonly networkModes?: Only<NetworkMode>;
  /** Supported Datadog sites. */
  readonly sites?: Only<Site>;
  /** Supported sites of single options, if fewer than those of the feature. */
  readonly optionSites?: { readonly [Option in keyof z.output<Options>]?: Only<Site> };
  /** Agent releases that are refused. */
  readonly brokenIn?: readonly BrokenRelease[];
  /** The first Agent version that has it, if later than 7.40. Older image tags are refused. */
  readonly since?: AgentVersion;
  /** The first Agent versions that have single options, if later than the feature. */
  readonly optionSince?: { readonly [Option in keyof z.output<Options>]?: AgentVersion };
  /** Features that single options need, by option. */
  readonly optionNeeds?: { readonly [Option in keyof z.output<Options>]?: string };
  /** Features that must be on, with the reason for error messages. */
  readonly needs?: Readonly<Record<string, string>>;
  /**
   * Features whose part of the Agent it uses, with the reason for error messages. They can be unset, but not false:
   * `fallback` then starts what this feature needs of them.
   */
  readonly through?: Readonly<Record<string, string>>;
  /** Features that can't be combined with it, with the reason for error messages. */
  readonly excludes?: Readonly<Record<string, string>>;
  /** Like `excludes`; also turns the other feature off by default. */
  readonly replaces?: Readonly<Record<string, string>>;
  /** The image flavor that it needs. It is on by default if `image.flavor` has it. */
  readonly imageFlavor?: "fips";
  /** Whether it is on by default if the host and the site support it. */
  readonly onByDefault?: boolean;
  /** Whether the Agent decides if it isn't set: then neither `on` nor `off` add anything. */
  readonly leftToAgent?: boolean;
  /** Environment while the feature is off, for what the Agent turns on by default. */
  readonly off?: Readonly<Record<string, string>>;
  /**
   * Defaults of the Agent and its image for variables that aren't set. `import` assumes them. If the feature doesn't
   * set one of these variables, it relies on the default.
   */
  readonly agentDefaults?: Readonly<Record<string, AgentDefault>>;
  /** Variables that single options rely on without setting them, with the values. */
  readonly optionAssumes?: { readonly [Option in keyof z.output<Options>]?: Readonly<Record<string, string>> };
  /** Actions that the role of the container instances must allow. That role is not managed here. */
  readonly instanceActions?: readonly string[];
  /** What it adds to the task on a host. Paths in the template and in the rules start at its options. */
  on(host: Host): Template<Contribution>;
  /** Rules on its options. */
  readonly rules?: readonly Rule[];
  /** Notices while it is on. */
  readonly notices?: readonly Notice[];
  /**
   * Agent variables that would contradict it and have no option: other names of the same setting, and ports and paths
   * that are fixed here. By option; the empty key is the feature itself.
   */
  readonly contradicts?: { readonly [Option in keyof z.output<Options> | ""]?: readonly string[] };
}

/** Checks the option names in `optionRequires` and similar fields at compile time. Returns its argument. */
export function defineFeature<Options extends z.ZodObject>(feature: Feature<Options>): Feature<Options> {
  return feature;
}

/** The contribution of a feature with these options on a host. */
export function contributionOf(feature: Feature, options: object, host: Host): Contribution {
  return evaluate(feature.on(host), scopeOfOptions(options)) as Contribution;
}
