/** The expected mount of a host folder, written out. */
export function mounted(name: string, sourcePath: string, containerPath: string, readOnly: boolean) {
  return { volume: { name, host: { sourcePath } }, containerPath, readOnly };
}

export const SOCKETS = mounted("dd-sockets", "/var/run/datadog", "/var/run/datadog", false);
