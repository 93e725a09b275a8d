import { hostMount } from "../core/host";
import { hostRoot } from "./system-probe";

/** What the security features read of the host: its users, its system, all of its files. */
export const securityMounts = [
  hostMount("passwd", "/etc/passwd"),
  hostMount("group", "/etc/group"),
  hostMount("os_release", "/etc/os-release", { at: "/host/etc/os-release" }),
  ...hostRoot.mounts,
];
