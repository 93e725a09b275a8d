import type { Host } from "../core/host";
import { amazonLinux1 } from "./amazon-linux-1";
import { linux } from "./linux";
import { windows } from "./windows";

/** All hosts, by their name in a configuration. */
export const hosts = { linux, "amazon-linux-1": amazonLinux1, windows } as const satisfies Record<string, Host>;

export type HostName = keyof typeof hosts;
export const HOST_NAMES = Object.keys(hosts) as [HostName, ...HostName[]];
