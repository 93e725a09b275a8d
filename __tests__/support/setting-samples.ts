import type { DaemonProps } from "../end-to-end/support/daemons";

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;

const awslogs = {
  logDriver: "awslogs" as const,
  options: { "awslogs-group": "/datadog/agent", "awslogs-region": "eu-west-1" },
};

/** A value for every setting that changes the task, with the other settings that it needs. */
export const SETTING_SAMPLES: Readonly<Record<string, DaemonProps>> = {
  secrets: {
    secrets: {
      WHOLE: arn("secretsmanager", "secret:a-AbCdEf"),
      PART: arn("secretsmanager", "secret:b-AbCdEf:key::"),
      BY_ARN: arn("ssm", "parameter/a"),
      BY_NAME: "/prod/a",
    },
    kmsKeyArns: [arn("kms", "key/0")],
  },
  image: {
    image: { repository: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent", digest: `sha256:${"a".repeat(64)}` },
  },
  checks: {
    checks: { http_check: { init_config: { timeout: 1.5 }, instances: [{ name: "<a> & b", tls_verify: false }] } },
    dockerLabels: { "a.b": "c" },
  },
  environmentFiles: { environmentFiles: ["arn:aws:s3:::bucket/agent.env"] },
  ports: {
    ports: [
      { containerPort: 5555, protocol: "tcp" },
      { containerPort: 8126, hostPort: 18_126, protocol: "tcp" },
      { containerPort: 9000, hostPort: 0, protocol: "udp" },
    ],
    features: { apm: true },
  },
  dropCapabilities: { dropCapabilities: ["NET_RAW"], capabilities: ["SYS_PTRACE"] },
  privileged: { privileged: true },
  healthCheck: { healthCheck: { command: ["CMD", "agent", "health"], retries: 5 } },
  repositoryCredentials: { repositoryCredentials: arn("secretsmanager", "secret:registry-AbCdEf") },
  // The emulator accepts a soft limit only with a hard limit of the container or the task.
  memoryReservationMiB: { memoryReservationMiB: 256, taskDefinition: { memory: "1024" } },
  bothLimits: { memoryReservationMiB: 256, memoryMiB: 1024 },
  mounts: {
    mounts: [
      { containerPath: "/opt/checks", volume: { name: "checks", host: { sourcePath: "/etc/checks" } } },
      { containerPath: "/scratch", readOnly: false, volume: { name: "scratch" } },
      {
        containerPath: "/docker",
        readOnly: false,
        volume: {
          name: "docker",
          dockerVolumeConfiguration: { scope: "shared", driver: "local", autoprovision: true, labels: { a: "b" } },
        },
      },
      {
        containerPath: "/efs",
        volume: {
          name: "efs",
          efsVolumeConfiguration: {
            fileSystemId: "fs-0123456789abcdef0",
            transitEncryption: "ENABLED",
            authorizationConfig: { accessPointId: "fsap-0123456789abcdef0", iam: "ENABLED" },
          },
        },
      },
    ],
  },
  readonlyRootFilesystem: { readonlyRootFilesystem: true, features: { logs: true } },
  command: { command: ["agent", "run"], entryPoint: ["/bin/entrypoint.sh"] },
  dockerLabels: { dockerLabels: { "com.datadoghq.ad.logs": '[{"source":"agent"}]', "a.b": "c" } },
  dockerSecurityOptions: { dockerSecurityOptions: ["no-new-privileges"], user: "root" },
  ulimits: { ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }] },
  systemControls: { systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }] },
  extraHosts: { extraHosts: [{ hostname: "proxy", ipAddress: "10.0.0.1" }] },
  initProcessEnabled: { initProcessEnabled: true, stopTimeoutSeconds: 60 },
  restartPolicy: { restartPolicy: { enabled: true, ignoredExitCodes: [0], restartAttemptPeriod: 180 } },
  logConfiguration: {
    logConfiguration: { ...awslogs, options: { ...awslogs.options, "awslogs-group": "/datadog/created" } },
    createLogGroup: { retentionDays: 14 },
  },
  createdByEcs: {
    logConfiguration: {
      ...awslogs,
      options: { ...awslogs.options, "awslogs-group": "/datadog/by-ecs", "awslogs-create-group": "true" },
    },
  },
  splunk: {
    logConfiguration: {
      logDriver: "splunk",
      options: { "splunk-url": "https://splunk.example.com" },
      secretOptions: [{ name: "splunk-token", valueFrom: "/splunk/token" }],
    },
  },
  sidecars: {
    logConfiguration: { logDriver: "awsfirelens", options: { Name: "datadog" } },
    containerDefinition: {
      dependsOn: [{ containerName: "router", condition: "START" }],
      dnsServers: ["10.0.0.2"],
      hostname: "agent",
      interactive: true,
      linuxParameters: { sharedMemorySize: 64, tmpfs: [{ containerPath: "/fast", size: 16 }] },
      startTimeout: 30,
    },
    initProcessEnabled: true,
    sidecars: [
      {
        name: "router",
        image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:2",
        essential: true,
        memory: 64,
        cpu: 10,
        firelensConfiguration: { type: "fluentbit" },
        environment: [{ name: "A", value: "b" }],
        secrets: [{ name: "TOKEN", valueFrom: arn("secretsmanager", "secret:c-AbCdEf") }],
        mountPoints: [{ sourceVolume: "shared", containerPath: "/shared", readOnly: false }],
      },
      { name: "setup", image: "busybox:1", essential: false, memory: 16, command: ["true"] },
    ],
    volumes: [{ name: "shared", host: { sourcePath: "/var/shared" } }],
  },
  pidMode: { pidMode: "task", ipcMode: "task" },
  runtimePlatform: { runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" } },
  taskPlacementConstraints: { taskPlacementConstraints: ["attribute:ecs.cpu-architecture == arm64"] },
  taskDefinition: { taskDefinition: { cpu: "512", memory: "1024" } },
  skipDestroy: { skipDestroy: true },
  serviceRegistries: {
    serviceRegistries: {
      registryArn: arn("servicediscovery", "service/srv-abc"),
      containerName: "datadog-agent",
      containerPort: 8126,
    },
    features: { apm: true },
  },
  statements: {
    taskRoleStatements: [{ actions: ["sqs:ListQueues"], resources: ["*"] }],
    executionRoleStatements: [
      {
        actions: ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository"],
        resources: [arn("ecr", "repository/ecr-public/*")],
        conditions: { StringEquals: { "aws:ResourceAccount": ["123456789012"] } },
      },
    ],
  },
  parameterByName: { apiKey: { ssmParameter: "/prod/datadog/api-key" } },
};
