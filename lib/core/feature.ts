import type { z } from "zod";
import type { Capability, LaunchType, NetworkMode } from "./ecs";
import type { AgentVersion } from "./image";
import type { Host, HostMount, HostTrait } from "./host";
import type { Site } from "./sites";

/** A port that a container listens on. It is always published on the host under the same number. */
export interface Port {
  readonly containerPort: number;
  readonly protocol: "tcp" | "udp";
}

/** A container beside the Agent in its task. Essential: where it stops, ECS starts the task anew. */
export interface Sidecar {
  readonly name: string;
  readonly image: string;
  /** CPU units; 1,024 are one core. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly Port[];
}

/** What a feature, or the Agent's base, adds to the task. Plain data. */
export interface Contribution {
  readonly environment?: Readonly<Record<string, string>>;
  /** From the variable's name to the ARN of its secret. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly mounts?: readonly HostMount[];
  readonly ports?: readonly Port[];
  readonly capabilities?: readonly Capability[];
  readonly sidecars?: readonly Sidecar[];
  /** The instance's process namespace, to see processes of other tasks. */
  readonly pidMode?: "host";
  /** What the vendor advises as memory of the Agent's container while this is on. */
  readonly advisedMemoryMiB?: number;
}

/** Where alone something works, and the reason, as an error message gives it. */
export interface Only<Value> {
  readonly only: readonly [Value, ...Value[]];
  readonly because: string;
}

/** One feature of the Agent: facts and one pure function. */
export interface Feature<Options extends z.ZodObject = z.ZodObject> {
  /** What it does, in one line: for the help, the README and the JSON Schema. */
  readonly summary: string;
  /** The URL of the vendor's page about it. */
  readonly documentation: string;
  /**
   * Why it needs what it adds of the host: mounts, capabilities, the process namespace. In one sentence that holds for
   * all of its options.
   */
  readonly access?: string;
  /** What the host must have. */
  readonly requires: readonly HostTrait[];
  /** The options, with their defaults. */
  readonly options: Options;
  /** What single options need of the host when they are on. */
  readonly optionRequires?: { readonly [Option in keyof z.output<Options>]?: readonly HostTrait[] };
  readonly launchTypes?: Only<LaunchType>;
  /** Where the network mode is left open and the host's own isn't among these, the first is chosen. */
  readonly networkModes?: Only<NetworkMode>;
  readonly sites?: Only<Site>;
  /** The first Agent that has it, where that is newer than 7.40. An older tag of the image is refused. */
  readonly since?: AgentVersion;
  /** The first Agents that have single options, where they are newer than the feature. */
  readonly optionSince?: { readonly [Option in keyof z.output<Options>]?: AgentVersion };
  /** Other features, by name, that must be on for single options to be on. */
  readonly optionNeeds?: { readonly [Option in keyof z.output<Options>]?: string };
  /** Other features, by name, that can't be on beside it, and the reason, as an error message gives it. */
  readonly excludes?: Readonly<Record<string, string>>;
  /** The same, and where the other one is left open it is off while this one is on. */
  readonly replaces?: Readonly<Record<string, string>>;
  /** The flavor of the Agent's image that it needs. It is on by default where `image.flavor` has it. */
  readonly imageFlavor?: "fips";
  /** Whether it is on where it is left open and everything it needs is given. */
  readonly onByDefault?: boolean;
  /** Whether it is the Agent's own decision where it is left open: then neither `on` nor `off` say anything. */
  readonly leftToAgent?: boolean;
  /** Environment of the Agent while the feature is off, for what the Agent itself has on by default. */
  readonly off?: Readonly<Record<string, string>>;
  /** What the role of the container instances must allow; that role is not ours to change. */
  readonly instanceActions?: readonly string[];
  /** What it adds to the task. */
  on(options: z.output<Options>, host: Host): Contribution;
  /** What is wrong with these options together; paths are relative to the options. */
  problems?(
    options: z.output<Options>,
  ): readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
}

/** Ties the type of `on` to the feature's own options; the value is what it was given. */
export function defineFeature<Options extends z.ZodObject>(feature: Feature<Options>): Feature<Options> {
  return feature;
}
