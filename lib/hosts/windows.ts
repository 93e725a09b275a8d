import { hostMount, type Host } from "../core/host";

/** Named pipe of the Docker engine, the same on the host and in the container. */
const DOCKER_PIPE = "\\\\.\\pipe\\docker_engine";

/**
 * Windows Server. ECS doesn't support linuxParameters, privileged, user, ulimits and pidMode there. It supports only the
 * network modes `default` (not set) and awsvpc.
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
      // A Windows container can't mount a directory that doesn't exist on the host; Docker creates this volume on demand.
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
