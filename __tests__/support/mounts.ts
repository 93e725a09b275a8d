/** A mount of a folder of the host, with everything written out: what a host or a feature is to give. */
export function mounted(name: string, sourcePath: string, containerPath: string, readOnly: boolean) {
  return { volume: { name, host: { sourcePath } }, containerPath, readOnly };
}

export const SOCKETS = mounted("dd-sockets", "/var/run/datadog", "/var/run/datadog", false);
