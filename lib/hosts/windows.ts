import { hostMount, type Host } from "../core/host";

/** The Docker engine's named pipe; the same name on both sides. */
const DOCKER_PIPE = "\\\\.\\pipe\\docker_engine";

/**
 * Windows Server. ECS accepts no linuxParameters, privileged, user, ulimits or pidMode there, and only the network
 * modes `default` (none given) and awsvpc.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows_task_definitions.html
 */
export const windows: Host = {
  summary: "Windows Server",
  traits: [],
  osType: "windows",
  networkModes: ["awsvpc"],
  networkMode: undefined,
  cpu: 512,
  memoryMiB: 512,
  agentMounts: [hostMount("docker_sock", DOCKER_PIPE)],
  logMounts: [
    {
      // A Windows container can't mount a host folder that doesn't exist yet; Docker makes this volume when it's needed.
      volume: {
        name: "pointdir",
        dockerVolumeConfiguration: { autoprovision: true, driver: "local", scope: "shared" },
      },
      containerPath: "C:/programdata/datadog/run",
      readOnly: false,
    },
    hostMount("containers_root", "c:/programdata/docker/containers"),
  ],
  userMounts: [],
  socketMounts: [],
};
