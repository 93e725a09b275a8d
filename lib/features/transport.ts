import { z } from "zod";

/** The options of a feature that applications send to: over a port of the host, a UNIX socket, or both. */
export function transportOptions(port: string, socket: string) {
  return {
    port: z.boolean().default(true).describe(`Listen on ${port} of the host`),
    socket: z.boolean().default(false).describe(`Listen on the UNIX socket ${socket} of the host (not on Windows)`),
  };
}

/** Why the folder of the sockets is shared. */
export const socketAccess =
  "With `socket` applications reach the Agent's UNIX socket in a folder that they share with it";

/** A receiver that nothing can reach is a mistake. */
export function transportProblems({ port, socket }: { port: boolean; socket: boolean }) {
  return port || socket
    ? []
    : [
        {
          path: [],
          message: "must listen on `port`, `socket` or both, got neither. To turn it off, set the feature to false.",
        },
      ];
}
