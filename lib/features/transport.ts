import * as z from "zod";
import type { Rule } from "../core/rule";
import { isTrue, or } from "../core/term";

/**
 * Options of a feature that receives data from applications: over a host port, a UNIX socket, or both. Only the port is on
 * by default, although Datadog's module opens both. The port works on every host and without a mount in the application,
 * and a daemon that replaces another one keeps listening on it. The socket needs a directory on the host that containers
 * can write to, so it is opt-in.
 */
export function transportOptions(port: string, socket: string) {
  return {
    port: z.boolean().default(true).describe(`Listen on host port ${port}`),
    socket: z.boolean().default(false).describe(`Listen on the UNIX socket ${socket} on the host (not on Windows)`),
  };
}

/** Why the socket directory is shared. */
export const socketAccess = "With `socket`, applications reach the Agent's UNIX socket in a shared directory";

/** A receiver without a transport is a mistake. */
export const transportRules: readonly Rule[] = [
  {
    at: "",
    holds: or(isTrue("port"), isTrue("socket")),
    must: "needs `port`, `socket` or both, got neither. To turn it off, set the feature to false.",
  },
];
