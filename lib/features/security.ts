import { hostMount } from "../core/host";
import { hostRoot } from "./system-probe";

/** What the security features read on the host: users, groups, the OS release and all files. */
export const securityMounts = [
  hostMount("passwd", "/etc/passwd"),
  hostMount("group", "/etc/group"),
  hostMount("os_release", "/etc/os-release", { at: "/host/etc/os-release" }),
  ...hostRoot.mounts,
];
