// Written by `npm run generate` from the schemas.

/**
 * Props of {@link DatadogAgentDaemon}: `cluster`, `apiKey`, and the keys of a cluster of clusters.yaml. Strings may
 * contain tokens and Terraform expressions, unless the value determines which resources are created. The table of
 * features in docs/configuration.md lists the host, site and launch type that each feature requires.
 */
export interface DatadogAgentDaemonProps {
  /** Name or ARN of the ECS cluster. */
  readonly cluster: string;
  /** Source of the Datadog API key, one of these. */
  readonly apiKey: ApiKey;
  /** Operating system of the container instances. @default "linux" */
  readonly host?: "linux" | "amazon-linux-1" | "windows";
  /** Launch type: EC2, or EXTERNAL for ECS Anywhere. @default "EC2" */
  readonly launchType?: "EC2" | "EXTERNAL";
  /** Network mode of the task; by default the host's, or the first one that all features support. */
  readonly networkMode?: "bridge" | "host" | "awsvpc";
  /** Subnets of the task; network mode awsvpc only. */
  readonly subnets?: readonly string[];
  /** Security groups of the task; network mode awsvpc only. */
  readonly securityGroups?: readonly string[];
  /** Create a security group for the task that allows these security groups in on the Agent's ports; network mode awsvpc only. */
  readonly applicationSecurityGroups?: readonly string[];
  /** Datadog site that receives the data. @default "datadoghq.com" */
  readonly site?: "datadoghq.com" | "us3.datadoghq.com" | "us5.datadoghq.com" | "datadoghq.eu" | "ap1.datadoghq.com" | "ap2.datadoghq.com" | "uk1.datadoghq.com" | "ddog-gov.com" | "us2.ddog-gov.com";
  /** Tags on all data that the Agent sends (DD_TAGS). @default {} */
  readonly tags?: Readonly<Record<string, string>>;
  /** Additional environment variables of the Agent, except those that other settings control. @default {} */
  readonly environment?: Readonly<Record<string, string>>;
  /** Environment variables of the Agent that override all other settings, even contradictory ones. @default {} */
  readonly environmentOverrides?: Readonly<Record<string, string>>;
  /** Secrets of the Agent's container, by variable name: the ARN of a Secrets Manager secret, or the ARN or name of an SSM parameter. @default {} */
  readonly secrets?: Readonly<Record<string, string>>;
  /** S3 files with additional environment variables of the Agent; `environment` and features override them. @default [] */
  readonly environmentFiles?: readonly string[];
  /** Agent features: true, false, or their options. */
  readonly features?: Features;
  /** Checks that the Agent runs, by integration name, with the content of their conf.d file. @default {} */
  readonly checks?: Readonly<Record<string, Check>>;
  /** Additional ports of the Agent's container, such as its health port, or other host ports for the ports of features. @default [] */
  readonly ports?: readonly Port[];
  /** Additional Linux capabilities of the Agent's container, on top of those that features add; not on Windows. @default [] */
  readonly capabilities?: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Linux capabilities that the Agent's container drops from Docker's default set. @default [] */
  readonly dropCapabilities?: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Run the Agent's container in privileged mode, with the rights of the instance's root user. */
  readonly privileged?: boolean;
  /** Health check of the Agent's container; false turns it off. */
  readonly healthCheck?: false | HealthCheck;
  /** Container image of the Agent. */
  readonly image?: Image;
  /** ARN of the Secrets Manager secret with the credentials of the private registry of the Agent's image. */
  readonly repositoryCredentials?: string;
  /** CPU units of the Agent's container; 1,024 are one vCPU. @default `100`; `512` on `windows` */
  readonly cpu?: number;
  /** Hard memory limit of the Agent's container in MiB. @default `512`; none with `memoryReservationMiB` or `taskDefinition.memory` */
  readonly memoryMiB?: number;
  /** Soft memory limit of the Agent's container in MiB; without `memoryMiB`, there is no hard limit. */
  readonly memoryReservationMiB?: number;
  /** Additional mounts of the Agent's container: host directories, Docker volumes, EFS or empty volumes. @default [] */
  readonly mounts?: readonly Mount[];
  /** Additional volumes of the task, for sidecars to mount; `mounts` adds its own volumes. @default [] */
  readonly volumes?: readonly Volume[];
  /** Make the root file system of the Agent's container read-only (Security Hub ECS.5); paths that the Agent writes to become empty volumes, unless `mounts` or a feature mounts another volume there. @default false */
  readonly readonlyRootFilesystem?: boolean;
  /** Command of the Agent's container, instead of the image's. @default [] */
  readonly command?: readonly string[];
  /** Entry point of the Agent's container, instead of the image's. @default [] */
  readonly entryPoint?: readonly string[];
  /** Docker labels of the Agent's container. @default {} */
  readonly dockerLabels?: Readonly<Record<string, string>>;
  /** Docker security options of the Agent's container, such as an SELinux label or an AppArmor profile. @default [] */
  readonly dockerSecurityOptions?: readonly string[];
  /** User that the Agent's container runs as. */
  readonly user?: string;
  /** Resource limits (ulimits) of the Agent's container. @default [] */
  readonly ulimits?: readonly Ulimit[];
  /** Kernel parameters (sysctl) of the Agent's container. @default [] */
  readonly systemControls?: readonly {
    /** The namespaced kernel parameter to set a value for. */
    readonly namespace?: string;
    /** The namespaced kernel parameter to set a value for. */
    readonly value?: string;
  }[];
  /** Additional /etc/hosts entries of the Agent's container. @default [] */
  readonly extraHosts?: readonly {
    /** The hostname to use in the /etc/hosts entry. */
    readonly hostname: string;
    /** The IP address to use in the /etc/hosts entry. */
    readonly ipAddress: string;
  }[];
  /** Run an init process in the Agent's container that forwards signals and reaps processes. */
  readonly initProcessEnabled?: boolean;
  /** Seconds that the Agent's container has to stop before it is killed. */
  readonly stopTimeoutSeconds?: number;
  /** Restart policy of the Agent's container: ECS restarts it in place when it exits. */
  readonly restartPolicy?: RestartPolicy;
  /** Log driver of the Agent's container and its options. */
  readonly logConfiguration?: LogConfiguration;
  /** Create the CloudWatch log group of `logConfiguration` (log driver awslogs). */
  readonly createLogGroup?: CreateLogGroup;
  /** Other fields of the Agent's container definition, as in the ECS API. */
  readonly containerDefinition?: ContainerDefinition;
  /** Additional containers of the task, as in the ECS API, such as a FireLens log router or an init container. @default [] */
  readonly sidecars?: readonly Sidecar[];
  /** Process namespace of the task; features that inspect host processes set it to host. */
  readonly pidMode?: "host" | "task";
  /** IPC namespace of the task. */
  readonly ipcMode?: "host" | "none" | "task";
  /** CPU architecture and operating system family of the task. */
  readonly runtimePlatform?: RuntimePlatform;
  /** Placement constraints of the task definition, in ECS's cluster query language, in addition to the operating system constraint. @default [] */
  readonly taskPlacementConstraints?: readonly string[];
  /** Other fields of the task definition, as in the ECS API. */
  readonly taskDefinition?: TaskDefinition;
  /** Family of the task definition. @default "datadog-agent-task" */
  readonly family?: string;
  /** Keep old task definition revisions active when Terraform replaces or destroys them. */
  readonly skipDestroy?: boolean;
  /** Name of the ECS service, unique in its cluster. @default "datadog-agent" */
  readonly serviceName?: string;
  /** Minimum percentage of Agents that keep running during a deployment; above 0, a cluster with one instance can't deploy, because the old Agent keeps the host ports. @default 0 */
  readonly minimumHealthyPercent?: number;
  /** Placement constraints of the service, in addition to the operating system constraint of the task definition. @default [] */
  readonly placementConstraints?: readonly {
    /** Type of the constraint. */
    readonly type: "memberOf" | "distinctInstance";
    /** For memberOf: an expression in ECS's cluster query language. */
    readonly expression?: string;
  }[];
  /** Service discovery: the Cloud Map service in which ECS registers the Agents. */
  readonly serviceRegistries?: ServiceRegistries;
  /** Enable ECS Exec (`aws ecs execute-command`) in the Agent's container. @default false */
  readonly enableExecuteCommand?: boolean;
  /** Wait for the service to reach a steady state during `deploy`. @default false */
  readonly waitForSteadyState?: boolean;
  /** AWS tags of all created resources. @default {} */
  readonly resourceTags?: Readonly<Record<string, string>>;
  /** Enable ECS managed tags, which tag tasks with the cluster and the service. @default false */
  readonly enableEcsManagedTags?: boolean;
  /** Source of the AWS tags on the tasks; set NONE to turn it off again, because ECS keeps the old value if it isn't set. */
  readonly propagateTags?: "SERVICE" | "TASK_DEFINITION" | "NONE";
  /** ARN of the task role, which the Agent uses; created if not set. */
  readonly taskRoleArn?: string;
  /** ARN of the execution role, which ECS uses to read the API key; created if not set. */
  readonly executionRoleArn?: string;
  /** Attach the Agent's policies to `taskRoleArn` and `executionRoleArn` too. @default false */
  readonly attachPolicies?: boolean;
  /** Names, path and permissions boundary of the created roles. */
  readonly createdRoles?: CreatedRoles;
  /** Additional policy statements of the created task role, on top of those that the Agent's ECS check needs. @default [] */
  readonly taskRoleStatements?: readonly TaskRoleStatement[];
  /** Additional policy statements of the created execution role, for example for an ECR pull-through cache. @default [] */
  readonly executionRoleStatements?: readonly ExecutionRoleStatement[];
  /** ARNs of customer-managed KMS keys that the created execution role may decrypt with, for `secrets` and environment files. @default [] */
  readonly kmsKeyArns?: readonly string[];
}

/**
 * A checked cluster of clusters.yaml, with defaults.
 */
export interface Cluster {
  /** Name of the stack, unique in the file. */
  readonly name: string;
  /** Name or ARN of the ECS cluster; if not set, `var.cluster` is a required variable. */
  readonly cluster?: string;
  /** AWS region; by default that of the environment. */
  readonly region?: string;
  /** Source of the Datadog API key, one of these; if not set, `var.api_key_secret_arn` is a required variable. */
  readonly apiKey?: CheckedApiKey;
  /** AWS account that the stack may be deployed to; Terraform refuses any other. */
  readonly accountId?: string;
  /** Settings of Terraform's AWS provider: credentials, allowed accounts, default tags and endpoints. */
  readonly provider?: Provider;
  /** Terraform backend for the state, one of these; by default a local file next to the output folder. */
  readonly backend?: Backend;
  /** Name of a stack to share with other clusters; by default each cluster has its own stack. One plan is faster than many. */
  readonly stack?: string;
  /** Share the roles of all clusters in the `stack` that set this, for a smaller plan and fewer IAM roles; by default each cluster has its own roles. */
  readonly shareRoles?: boolean;
  /** Names of the clusters to deploy before this one; `cdktf deploy '*'` deploys in that order. */
  readonly dependsOn?: readonly string[];
  /** Existing ECS service to import instead of creating one; while this is set, Terraform refuses to destroy it. */
  readonly adopt?: Adopt;
  /** Instead of `host`, for clusters with several operating systems: one daemon for each. A setting that only some of them support applies to those. */
  readonly hosts?: readonly ("linux" | "amazon-linux-1" | "windows")[];
  /** Operating system of the container instances. @default "linux" */
  readonly host: "linux" | "amazon-linux-1" | "windows";
  /** Launch type: EC2, or EXTERNAL for ECS Anywhere. @default "EC2" */
  readonly launchType: "EC2" | "EXTERNAL";
  /** Network mode of the task; by default the host's, or the first one that all features support. */
  readonly networkMode?: "bridge" | "host" | "awsvpc";
  /** Subnets of the task; network mode awsvpc only. */
  readonly subnets?: readonly string[];
  /** Security groups of the task; network mode awsvpc only. */
  readonly securityGroups?: readonly string[];
  /** Create a security group for the task that allows these security groups in on the Agent's ports; network mode awsvpc only. */
  readonly applicationSecurityGroups?: readonly string[];
  /** Datadog site that receives the data. @default "datadoghq.com" */
  readonly site: "datadoghq.com" | "us3.datadoghq.com" | "us5.datadoghq.com" | "datadoghq.eu" | "ap1.datadoghq.com" | "ap2.datadoghq.com" | "uk1.datadoghq.com" | "ddog-gov.com" | "us2.ddog-gov.com";
  /** Tags on all data that the Agent sends (DD_TAGS). @default {} */
  readonly tags: Readonly<Record<string, string>>;
  /** Additional environment variables of the Agent, except those that other settings control. @default {} */
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variables of the Agent that override all other settings, even contradictory ones. @default {} */
  readonly environmentOverrides: Readonly<Record<string, string>>;
  /** Secrets of the Agent's container, by variable name: the ARN of a Secrets Manager secret, or the ARN or name of an SSM parameter. @default {} */
  readonly secrets: Readonly<Record<string, string>>;
  /** S3 files with additional environment variables of the Agent; `environment` and features override them. @default [] */
  readonly environmentFiles: readonly string[];
  /** Agent features: true, false, or their options. */
  readonly features: CheckedFeatures;
  /** Checks that the Agent runs, by integration name, with the content of their conf.d file. @default {} */
  readonly checks: Readonly<Record<string, Check>>;
  /** Additional ports of the Agent's container, such as its health port, or other host ports for the ports of features. @default [] */
  readonly ports: readonly CheckedPort[];
  /** Additional Linux capabilities of the Agent's container, on top of those that features add; not on Windows. @default [] */
  readonly capabilities: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Linux capabilities that the Agent's container drops from Docker's default set. @default [] */
  readonly dropCapabilities: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Run the Agent's container in privileged mode, with the rights of the instance's root user. */
  readonly privileged?: boolean;
  /** Health check of the Agent's container; false turns it off. */
  readonly healthCheck: false | CheckedHealthCheck;
  /** Container image of the Agent. */
  readonly image: CheckedImage;
  /** ARN of the Secrets Manager secret with the credentials of the private registry of the Agent's image. */
  readonly repositoryCredentials?: string;
  /** CPU units of the Agent's container; 1,024 are one vCPU. @default `100`; `512` on `windows` */
  readonly cpu?: number;
  /** Hard memory limit of the Agent's container in MiB. @default `512`; none with `memoryReservationMiB` or `taskDefinition.memory` */
  readonly memoryMiB?: number;
  /** Soft memory limit of the Agent's container in MiB; without `memoryMiB`, there is no hard limit. */
  readonly memoryReservationMiB?: number;
  /** Additional mounts of the Agent's container: host directories, Docker volumes, EFS or empty volumes. @default [] */
  readonly mounts: readonly CheckedMount[];
  /** Additional volumes of the task, for sidecars to mount; `mounts` adds its own volumes. @default [] */
  readonly volumes: readonly Volume[];
  /** Make the root file system of the Agent's container read-only (Security Hub ECS.5); paths that the Agent writes to become empty volumes, unless `mounts` or a feature mounts another volume there. @default false */
  readonly readonlyRootFilesystem: boolean;
  /** Command of the Agent's container, instead of the image's. @default [] */
  readonly command: readonly string[];
  /** Entry point of the Agent's container, instead of the image's. @default [] */
  readonly entryPoint: readonly string[];
  /** Docker labels of the Agent's container. @default {} */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Docker security options of the Agent's container, such as an SELinux label or an AppArmor profile. @default [] */
  readonly dockerSecurityOptions: readonly string[];
  /** User that the Agent's container runs as. */
  readonly user?: string;
  /** Resource limits (ulimits) of the Agent's container. @default [] */
  readonly ulimits: readonly Ulimit[];
  /** Kernel parameters (sysctl) of the Agent's container. @default [] */
  readonly systemControls: readonly {
    /** The namespaced kernel parameter to set a value for. */
    readonly namespace?: string;
    /** The namespaced kernel parameter to set a value for. */
    readonly value?: string;
  }[];
  /** Additional /etc/hosts entries of the Agent's container. @default [] */
  readonly extraHosts: readonly {
    /** The hostname to use in the /etc/hosts entry. */
    readonly hostname: string;
    /** The IP address to use in the /etc/hosts entry. */
    readonly ipAddress: string;
  }[];
  /** Run an init process in the Agent's container that forwards signals and reaps processes. */
  readonly initProcessEnabled?: boolean;
  /** Seconds that the Agent's container has to stop before it is killed. */
  readonly stopTimeoutSeconds?: number;
  /** Restart policy of the Agent's container: ECS restarts it in place when it exits. */
  readonly restartPolicy?: RestartPolicy;
  /** Log driver of the Agent's container and its options. */
  readonly logConfiguration?: LogConfiguration;
  /** Create the CloudWatch log group of `logConfiguration` (log driver awslogs). */
  readonly createLogGroup?: {
    /** Retention of the log events in days. @default 30 */
    readonly retentionDays: number;
    /** ARN of the customer-managed KMS key that encrypts the log group. */
    readonly kmsKeyArn?: string;
  };
  /** Other fields of the Agent's container definition, as in the ECS API. */
  readonly containerDefinition: ContainerDefinition;
  /** Additional containers of the task, as in the ECS API, such as a FireLens log router or an init container. @default [] */
  readonly sidecars: readonly Sidecar[];
  /** Process namespace of the task; features that inspect host processes set it to host. */
  readonly pidMode?: "host" | "task";
  /** IPC namespace of the task. */
  readonly ipcMode?: "host" | "none" | "task";
  /** CPU architecture and operating system family of the task. */
  readonly runtimePlatform?: RuntimePlatform;
  /** Placement constraints of the task definition, in ECS's cluster query language, in addition to the operating system constraint. @default [] */
  readonly taskPlacementConstraints: readonly string[];
  /** Other fields of the task definition, as in the ECS API. */
  readonly taskDefinition: TaskDefinition;
  /** Family of the task definition. @default "datadog-agent-task" */
  readonly family: string;
  /** Keep old task definition revisions active when Terraform replaces or destroys them. */
  readonly skipDestroy?: boolean;
  /** Name of the ECS service, unique in its cluster. @default "datadog-agent" */
  readonly serviceName: string;
  /** Minimum percentage of Agents that keep running during a deployment; above 0, a cluster with one instance can't deploy, because the old Agent keeps the host ports. @default 0 */
  readonly minimumHealthyPercent: number;
  /** Placement constraints of the service, in addition to the operating system constraint of the task definition. @default [] */
  readonly placementConstraints: readonly {
    /** Type of the constraint. */
    readonly type: "memberOf" | "distinctInstance";
    /** For memberOf: an expression in ECS's cluster query language. */
    readonly expression?: string;
  }[];
  /** Service discovery: the Cloud Map service in which ECS registers the Agents. */
  readonly serviceRegistries?: ServiceRegistries;
  /** Enable ECS Exec (`aws ecs execute-command`) in the Agent's container. @default false */
  readonly enableExecuteCommand: boolean;
  /** Wait for the service to reach a steady state during `deploy`. @default false */
  readonly waitForSteadyState: boolean;
  /** AWS tags of all created resources. @default {} */
  readonly resourceTags: Readonly<Record<string, string>>;
  /** Enable ECS managed tags, which tag tasks with the cluster and the service. @default false */
  readonly enableEcsManagedTags: boolean;
  /** Source of the AWS tags on the tasks; set NONE to turn it off again, because ECS keeps the old value if it isn't set. */
  readonly propagateTags?: "SERVICE" | "TASK_DEFINITION" | "NONE";
  /** ARN of the task role, which the Agent uses; created if not set. */
  readonly taskRoleArn?: string;
  /** ARN of the execution role, which ECS uses to read the API key; created if not set. */
  readonly executionRoleArn?: string;
  /** Attach the Agent's policies to `taskRoleArn` and `executionRoleArn` too. @default false */
  readonly attachPolicies: boolean;
  /** Names, path and permissions boundary of the created roles. */
  readonly createdRoles: CreatedRoles;
  /** Additional policy statements of the created task role, on top of those that the Agent's ECS check needs. @default [] */
  readonly taskRoleStatements: readonly TaskRoleStatement[];
  /** Additional policy statements of the created execution role, for example for an ECR pull-through cache. @default [] */
  readonly executionRoleStatements: readonly ExecutionRoleStatement[];
  /** ARNs of customer-managed KMS keys that the created execution role may decrypt with, for `secrets` and environment files. @default [] */
  readonly kmsKeyArns: readonly string[];
}

/**
 * The checked settings that clusters.yaml, the construct and a module share, with defaults.
 */
export interface Settings {
  /** Operating system of the container instances. @default "linux" */
  readonly host: "linux" | "amazon-linux-1" | "windows";
  /** Launch type: EC2, or EXTERNAL for ECS Anywhere. @default "EC2" */
  readonly launchType: "EC2" | "EXTERNAL";
  /** Network mode of the task; by default the host's, or the first one that all features support. */
  readonly networkMode?: "bridge" | "host" | "awsvpc";
  /** Subnets of the task; network mode awsvpc only. */
  readonly subnets?: readonly string[];
  /** Security groups of the task; network mode awsvpc only. */
  readonly securityGroups?: readonly string[];
  /** Create a security group for the task that allows these security groups in on the Agent's ports; network mode awsvpc only. */
  readonly applicationSecurityGroups?: readonly string[];
  /** Datadog site that receives the data. @default "datadoghq.com" */
  readonly site: "datadoghq.com" | "us3.datadoghq.com" | "us5.datadoghq.com" | "datadoghq.eu" | "ap1.datadoghq.com" | "ap2.datadoghq.com" | "uk1.datadoghq.com" | "ddog-gov.com" | "us2.ddog-gov.com";
  /** Tags on all data that the Agent sends (DD_TAGS). @default {} */
  readonly tags: Readonly<Record<string, string>>;
  /** Additional environment variables of the Agent, except those that other settings control. @default {} */
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variables of the Agent that override all other settings, even contradictory ones. @default {} */
  readonly environmentOverrides: Readonly<Record<string, string>>;
  /** Secrets of the Agent's container, by variable name: the ARN of a Secrets Manager secret, or the ARN or name of an SSM parameter. @default {} */
  readonly secrets: Readonly<Record<string, string>>;
  /** S3 files with additional environment variables of the Agent; `environment` and features override them. @default [] */
  readonly environmentFiles: readonly string[];
  /** Agent features: true, false, or their options. */
  readonly features: CheckedFeatures;
  /** Checks that the Agent runs, by integration name, with the content of their conf.d file. @default {} */
  readonly checks: Readonly<Record<string, Check>>;
  /** Additional ports of the Agent's container, such as its health port, or other host ports for the ports of features. @default [] */
  readonly ports: readonly CheckedPort[];
  /** Additional Linux capabilities of the Agent's container, on top of those that features add; not on Windows. @default [] */
  readonly capabilities: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Linux capabilities that the Agent's container drops from Docker's default set. @default [] */
  readonly dropCapabilities: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Run the Agent's container in privileged mode, with the rights of the instance's root user. */
  readonly privileged?: boolean;
  /** Health check of the Agent's container; false turns it off. */
  readonly healthCheck: false | CheckedHealthCheck;
  /** Container image of the Agent. */
  readonly image: CheckedImage;
  /** ARN of the Secrets Manager secret with the credentials of the private registry of the Agent's image. */
  readonly repositoryCredentials?: string;
  /** CPU units of the Agent's container; 1,024 are one vCPU. @default `100`; `512` on `windows` */
  readonly cpu?: number;
  /** Hard memory limit of the Agent's container in MiB. @default `512`; none with `memoryReservationMiB` or `taskDefinition.memory` */
  readonly memoryMiB?: number;
  /** Soft memory limit of the Agent's container in MiB; without `memoryMiB`, there is no hard limit. */
  readonly memoryReservationMiB?: number;
  /** Additional mounts of the Agent's container: host directories, Docker volumes, EFS or empty volumes. @default [] */
  readonly mounts: readonly CheckedMount[];
  /** Additional volumes of the task, for sidecars to mount; `mounts` adds its own volumes. @default [] */
  readonly volumes: readonly Volume[];
  /** Make the root file system of the Agent's container read-only (Security Hub ECS.5); paths that the Agent writes to become empty volumes, unless `mounts` or a feature mounts another volume there. @default false */
  readonly readonlyRootFilesystem: boolean;
  /** Command of the Agent's container, instead of the image's. @default [] */
  readonly command: readonly string[];
  /** Entry point of the Agent's container, instead of the image's. @default [] */
  readonly entryPoint: readonly string[];
  /** Docker labels of the Agent's container. @default {} */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Docker security options of the Agent's container, such as an SELinux label or an AppArmor profile. @default [] */
  readonly dockerSecurityOptions: readonly string[];
  /** User that the Agent's container runs as. */
  readonly user?: string;
  /** Resource limits (ulimits) of the Agent's container. @default [] */
  readonly ulimits: readonly Ulimit[];
  /** Kernel parameters (sysctl) of the Agent's container. @default [] */
  readonly systemControls: readonly {
    /** The namespaced kernel parameter to set a value for. */
    readonly namespace?: string;
    /** The namespaced kernel parameter to set a value for. */
    readonly value?: string;
  }[];
  /** Additional /etc/hosts entries of the Agent's container. @default [] */
  readonly extraHosts: readonly {
    /** The hostname to use in the /etc/hosts entry. */
    readonly hostname: string;
    /** The IP address to use in the /etc/hosts entry. */
    readonly ipAddress: string;
  }[];
  /** Run an init process in the Agent's container that forwards signals and reaps processes. */
  readonly initProcessEnabled?: boolean;
  /** Seconds that the Agent's container has to stop before it is killed. */
  readonly stopTimeoutSeconds?: number;
  /** Restart policy of the Agent's container: ECS restarts it in place when it exits. */
  readonly restartPolicy?: RestartPolicy;
  /** Log driver of the Agent's container and its options. */
  readonly logConfiguration?: LogConfiguration;
  /** Create the CloudWatch log group of `logConfiguration` (log driver awslogs). */
  readonly createLogGroup?: {
    /** Retention of the log events in days. @default 30 */
    readonly retentionDays: number;
    /** ARN of the customer-managed KMS key that encrypts the log group. */
    readonly kmsKeyArn?: string;
  };
  /** Other fields of the Agent's container definition, as in the ECS API. */
  readonly containerDefinition: ContainerDefinition;
  /** Additional containers of the task, as in the ECS API, such as a FireLens log router or an init container. @default [] */
  readonly sidecars: readonly Sidecar[];
  /** Process namespace of the task; features that inspect host processes set it to host. */
  readonly pidMode?: "host" | "task";
  /** IPC namespace of the task. */
  readonly ipcMode?: "host" | "none" | "task";
  /** CPU architecture and operating system family of the task. */
  readonly runtimePlatform?: RuntimePlatform;
  /** Placement constraints of the task definition, in ECS's cluster query language, in addition to the operating system constraint. @default [] */
  readonly taskPlacementConstraints: readonly string[];
  /** Other fields of the task definition, as in the ECS API. */
  readonly taskDefinition: TaskDefinition;
  /** Family of the task definition. @default "datadog-agent-task" */
  readonly family: string;
  /** Keep old task definition revisions active when Terraform replaces or destroys them. */
  readonly skipDestroy?: boolean;
  /** Name of the ECS service, unique in its cluster. @default "datadog-agent" */
  readonly serviceName: string;
  /** Minimum percentage of Agents that keep running during a deployment; above 0, a cluster with one instance can't deploy, because the old Agent keeps the host ports. @default 0 */
  readonly minimumHealthyPercent: number;
  /** Placement constraints of the service, in addition to the operating system constraint of the task definition. @default [] */
  readonly placementConstraints: readonly {
    /** Type of the constraint. */
    readonly type: "memberOf" | "distinctInstance";
    /** For memberOf: an expression in ECS's cluster query language. */
    readonly expression?: string;
  }[];
  /** Service discovery: the Cloud Map service in which ECS registers the Agents. */
  readonly serviceRegistries?: ServiceRegistries;
  /** Enable ECS Exec (`aws ecs execute-command`) in the Agent's container. @default false */
  readonly enableExecuteCommand: boolean;
  /** Wait for the service to reach a steady state during `deploy`. @default false */
  readonly waitForSteadyState: boolean;
  /** AWS tags of all created resources. @default {} */
  readonly resourceTags: Readonly<Record<string, string>>;
  /** Enable ECS managed tags, which tag tasks with the cluster and the service. @default false */
  readonly enableEcsManagedTags: boolean;
  /** Source of the AWS tags on the tasks; set NONE to turn it off again, because ECS keeps the old value if it isn't set. */
  readonly propagateTags?: "SERVICE" | "TASK_DEFINITION" | "NONE";
  /** ARN of the task role, which the Agent uses; created if not set. */
  readonly taskRoleArn?: string;
  /** ARN of the execution role, which ECS uses to read the API key; created if not set. */
  readonly executionRoleArn?: string;
  /** Attach the Agent's policies to `taskRoleArn` and `executionRoleArn` too. @default false */
  readonly attachPolicies: boolean;
  /** Names, path and permissions boundary of the created roles. */
  readonly createdRoles: CreatedRoles;
  /** Additional policy statements of the created task role, on top of those that the Agent's ECS check needs. @default [] */
  readonly taskRoleStatements: readonly TaskRoleStatement[];
  /** Additional policy statements of the created execution role, for example for an ECR pull-through cache. @default [] */
  readonly executionRoleStatements: readonly ExecutionRoleStatement[];
  /** ARNs of customer-managed KMS keys that the created execution role may decrypt with, for `secrets` and environment files. @default [] */
  readonly kmsKeyArns: readonly string[];
}

/**
 * A checked entry of `modules` of clusters.yaml, with defaults.
 */
export interface Module {
  /** Name of the module and its folder, unique in the file. */
  readonly name: string;
  /** Operating system of the container instances. @default "linux" */
  readonly host: "linux" | "amazon-linux-1" | "windows";
  /** Launch type: EC2, or EXTERNAL for ECS Anywhere. @default "EC2" */
  readonly launchType: "EC2" | "EXTERNAL";
  /** Network mode of the task; by default the host's, or the first one that all features support. */
  readonly networkMode?: "bridge" | "host" | "awsvpc";
  /** Datadog site that receives the data. @default "datadoghq.com" */
  readonly site: "datadoghq.com" | "us3.datadoghq.com" | "us5.datadoghq.com" | "datadoghq.eu" | "ap1.datadoghq.com" | "ap2.datadoghq.com" | "uk1.datadoghq.com" | "ddog-gov.com" | "us2.ddog-gov.com";
  /** Tags on all data that the Agent sends (DD_TAGS). @default {} */
  readonly tags: Readonly<Record<string, string>>;
  /** Additional environment variables of the Agent, except those that other settings control. @default {} */
  readonly environment: Readonly<Record<string, string>>;
  /** Environment variables of the Agent that override all other settings, even contradictory ones. @default {} */
  readonly environmentOverrides: Readonly<Record<string, string>>;
  /** Secrets of the Agent's container, by variable name: the ARN of a Secrets Manager secret, or the ARN or name of an SSM parameter. @default {} */
  readonly secrets: Readonly<Record<string, string>>;
  /** S3 files with additional environment variables of the Agent; `environment` and features override them. @default [] */
  readonly environmentFiles: readonly string[];
  /** Agent features: true, false, or their options. */
  readonly features: CheckedFeatures;
  /** Checks that the Agent runs, by integration name, with the content of their conf.d file. @default {} */
  readonly checks: Readonly<Record<string, Check>>;
  /** Additional ports of the Agent's container, such as its health port, or other host ports for the ports of features. @default [] */
  readonly ports: readonly CheckedPort[];
  /** Additional Linux capabilities of the Agent's container, on top of those that features add; not on Windows. @default [] */
  readonly capabilities: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Linux capabilities that the Agent's container drops from Docker's default set. @default [] */
  readonly dropCapabilities: readonly ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Run the Agent's container in privileged mode, with the rights of the instance's root user. */
  readonly privileged?: boolean;
  /** Health check of the Agent's container; false turns it off. */
  readonly healthCheck: false | CheckedHealthCheck;
  /** Container image of the Agent. */
  readonly image: CheckedImage;
  /** ARN of the Secrets Manager secret with the credentials of the private registry of the Agent's image. */
  readonly repositoryCredentials?: string;
  /** CPU units of the Agent's container; 1,024 are one vCPU. @default `100`; `512` on `windows` */
  readonly cpu?: number;
  /** Hard memory limit of the Agent's container in MiB. @default `512`; none with `memoryReservationMiB` or `taskDefinition.memory` */
  readonly memoryMiB?: number;
  /** Soft memory limit of the Agent's container in MiB; without `memoryMiB`, there is no hard limit. */
  readonly memoryReservationMiB?: number;
  /** Additional mounts of the Agent's container: host directories, Docker volumes, EFS or empty volumes. @default [] */
  readonly mounts: readonly CheckedMount[];
  /** Additional volumes of the task, for sidecars to mount; `mounts` adds its own volumes. @default [] */
  readonly volumes: readonly Volume[];
  /** Make the root file system of the Agent's container read-only (Security Hub ECS.5); paths that the Agent writes to become empty volumes, unless `mounts` or a feature mounts another volume there. @default false */
  readonly readonlyRootFilesystem: boolean;
  /** Command of the Agent's container, instead of the image's. @default [] */
  readonly command: readonly string[];
  /** Entry point of the Agent's container, instead of the image's. @default [] */
  readonly entryPoint: readonly string[];
  /** Docker labels of the Agent's container. @default {} */
  readonly dockerLabels: Readonly<Record<string, string>>;
  /** Docker security options of the Agent's container, such as an SELinux label or an AppArmor profile. @default [] */
  readonly dockerSecurityOptions: readonly string[];
  /** User that the Agent's container runs as. */
  readonly user?: string;
  /** Resource limits (ulimits) of the Agent's container. @default [] */
  readonly ulimits: readonly Ulimit[];
  /** Kernel parameters (sysctl) of the Agent's container. @default [] */
  readonly systemControls: readonly {
    /** The namespaced kernel parameter to set a value for. */
    readonly namespace?: string;
    /** The namespaced kernel parameter to set a value for. */
    readonly value?: string;
  }[];
  /** Additional /etc/hosts entries of the Agent's container. @default [] */
  readonly extraHosts: readonly {
    /** The hostname to use in the /etc/hosts entry. */
    readonly hostname: string;
    /** The IP address to use in the /etc/hosts entry. */
    readonly ipAddress: string;
  }[];
  /** Run an init process in the Agent's container that forwards signals and reaps processes. */
  readonly initProcessEnabled?: boolean;
  /** Seconds that the Agent's container has to stop before it is killed. */
  readonly stopTimeoutSeconds?: number;
  /** Restart policy of the Agent's container: ECS restarts it in place when it exits. */
  readonly restartPolicy?: RestartPolicy;
  /** Log driver of the Agent's container and its options. */
  readonly logConfiguration?: LogConfiguration;
  /** Create the CloudWatch log group of `logConfiguration` (log driver awslogs). */
  readonly createLogGroup?: {
    /** Retention of the log events in days. @default 30 */
    readonly retentionDays: number;
    /** ARN of the customer-managed KMS key that encrypts the log group. */
    readonly kmsKeyArn?: string;
  };
  /** Other fields of the Agent's container definition, as in the ECS API. */
  readonly containerDefinition: ContainerDefinition;
  /** Additional containers of the task, as in the ECS API, such as a FireLens log router or an init container. @default [] */
  readonly sidecars: readonly Sidecar[];
  /** Process namespace of the task; features that inspect host processes set it to host. */
  readonly pidMode?: "host" | "task";
  /** IPC namespace of the task. */
  readonly ipcMode?: "host" | "none" | "task";
  /** CPU architecture and operating system family of the task. */
  readonly runtimePlatform?: RuntimePlatform;
  /** Placement constraints of the task definition, in ECS's cluster query language, in addition to the operating system constraint. @default [] */
  readonly taskPlacementConstraints: readonly string[];
  /** Other fields of the task definition, as in the ECS API. */
  readonly taskDefinition: TaskDefinition;
  /** Family of the task definition. @default "datadog-agent-task" */
  readonly family: string;
  /** Keep old task definition revisions active when Terraform replaces or destroys them. */
  readonly skipDestroy?: boolean;
  /** Name of the ECS service, unique in its cluster. @default "datadog-agent" */
  readonly serviceName: string;
  /** Minimum percentage of Agents that keep running during a deployment; above 0, a cluster with one instance can't deploy, because the old Agent keeps the host ports. @default 0 */
  readonly minimumHealthyPercent: number;
  /** Placement constraints of the service, in addition to the operating system constraint of the task definition. @default [] */
  readonly placementConstraints: readonly {
    /** Type of the constraint. */
    readonly type: "memberOf" | "distinctInstance";
    /** For memberOf: an expression in ECS's cluster query language. */
    readonly expression?: string;
  }[];
  /** Service discovery: the Cloud Map service in which ECS registers the Agents. */
  readonly serviceRegistries?: ServiceRegistries;
  /** Enable ECS Exec (`aws ecs execute-command`) in the Agent's container. @default false */
  readonly enableExecuteCommand: boolean;
  /** Wait for the service to reach a steady state during `deploy`. @default false */
  readonly waitForSteadyState: boolean;
  /** AWS tags of all created resources. @default {} */
  readonly resourceTags: Readonly<Record<string, string>>;
  /** Enable ECS managed tags, which tag tasks with the cluster and the service. @default false */
  readonly enableEcsManagedTags: boolean;
  /** Source of the AWS tags on the tasks; set NONE to turn it off again, because ECS keeps the old value if it isn't set. */
  readonly propagateTags?: "SERVICE" | "TASK_DEFINITION" | "NONE";
  /** Additional policy statements of the created task role, on top of those that the Agent's ECS check needs. @default [] */
  readonly taskRoleStatements: readonly TaskRoleStatement[];
  /** Additional policy statements of the created execution role, for example for an ECR pull-through cache. @default [] */
  readonly executionRoleStatements: readonly ExecutionRoleStatement[];
  /** ARNs of customer-managed KMS keys that the created execution role may decrypt with, for `secrets` and environment files. @default [] */
  readonly kmsKeyArns: readonly string[];
  /** Also have the outputs of Datadog's Terraform module, under its names; plans with many calls get slower. */
  readonly vendorOutputs?: true;
}

/** Type of `apiKey`. */
export type ApiKey = {
  /** Full ARN of a Secrets Manager secret; append `:json-key::` to read a key of a JSON secret. */
  readonly secretsManagerArn?: string;
  /** ARN of an SSM parameter, or its name if it is in the task's region and account. */
  readonly ssmParameter?: string;
  /** Old name of `ssmParameter`. */
  readonly ssmParameterArn?: string;
  /** Create an empty secret; the stack outputs the command that fills it. */
  readonly createSecret?: {
    /** Name of the secret. */
    readonly name: string;
    /** ARN of the KMS key that encrypts the secret; by default the AWS managed key. */
    readonly kmsKeyArn?: string;
    /** Fill the secret from an ephemeral variable, which Terraform never stores; needs Terraform 1.11 or later. */
    readonly ephemeralVariable?: string;
    /** With `ephemeralVariable`: increase it to fill the secret again; by default 1. */
    readonly ephemeralVersion?: string;
  };
  /** For a JSON secret: the key that holds the API key. */
  readonly jsonKey?: string;
  /** For a rotated secret: the version stage to read; by default AWSCURRENT. */
  readonly versionStage?: string;
  /** ARN of the customer-managed KMS key that encrypts the secret or the parameter. */
  readonly kmsKeyArn?: string;
  /** For testing only: a sensitive variable; its value is stored in the state and in the task definition. */
  readonly sensitiveVariable?: string;
};

/** Type of `features`. */
export type Features = {
  /** Receives traces from applications (APM). @default off */
  readonly apm?: boolean | {
    /** Listen on host port 8126/tcp. @default true */
    readonly port?: boolean;
    /** Listen on the UNIX socket /var/run/datadog/apm.socket on the host (not on Windows). @default false */
    readonly socket?: boolean;
  };
  /** Checks hosts and containers against compliance benchmarks (CSPM). @default off */
  readonly cloudSecurityPosture?: boolean | {
    /** Also run host benchmarks. @default true */
    readonly hostBenchmarks?: boolean;
    /** Host file with a custom benchmark; if it doesn't exist, Docker creates an empty directory at this path. */
    readonly benchmarks?: string;
  };
  /** Includes or excludes containers by name or image. @default off */
  readonly containerFilters?: boolean | {
    /** Containers to include, even if they match `exclude`. @default [] */
    readonly include?: readonly string[];
    /** Containers to exclude. @default [] */
    readonly exclude?: readonly string[];
    /** Like `include`, for metrics only. @default [] */
    readonly includeMetrics?: readonly string[];
    /** Like `exclude`, for metrics only. @default [] */
    readonly excludeMetrics?: readonly string[];
    /** Like `include`, for logs only; the same list as `logs.include`. @default [] */
    readonly includeLogs?: readonly string[];
    /** Like `exclude`, for logs only; the same list as `logs.exclude`. @default [] */
    readonly excludeLogs?: readonly string[];
  };
  /** Runs custom checks from directories on the host or on EFS. @default off */
  readonly customChecks?: boolean | {
    /** Directory with check configuration files (conf.d). */
    readonly configuration?: string;
    /** Directory with Python checks (checks.d). */
    readonly code?: string;
    /** EFS file system that has the directories, instead of the host; as in the ECS API. */
    readonly efs?: {
      /** Access point, and whether the task role authorizes the mount. */
      readonly authorizationConfig?: {
        /** ID of the EFS access point. */
        readonly accessPointId?: string;
        /** Determines whether to use the Amazon ECS task role defined in a task definition when mounting the Amazon EFS file system. */
        readonly iam?: "DISABLED" | "ENABLED";
      };
      /** ID of the EFS file system. */
      readonly fileSystemId: string;
      /** Determines whether to use encryption for Amazon EFS data in transit between the Amazon ECS host and the Amazon EFS server. */
      readonly transitEncryption?: "DISABLED" | "ENABLED";
      /** Port of the encrypted connection to EFS; by default the mount helper chooses one. */
      readonly transitEncryptionPort?: number;
    };
    /** Number of checks that run in parallel; the Agent's default is 4. */
    readonly runners?: number;
  };
  /** Receives custom metrics from applications (DogStatsD). @default off */
  readonly dogstatsd?: boolean | {
    /** Listen on host port 8125/udp. @default true */
    readonly port?: boolean;
    /** Listen on the UNIX socket /var/run/datadog/dsd.socket on the host (not on Windows). @default false */
    readonly socket?: boolean;
    /** Keep the Agent's own statistics about received metrics. @default true */
    readonly statistics?: boolean;
    /** Tag metrics with the container that sent them; with `socket`, uses the host's process namespace. @default false */
    readonly originDetection?: boolean;
  };
  /** Adds probes to running Go programs (Dynamic Instrumentation). @default off */
  readonly dynamicInstrumentation?: boolean | Readonly<Record<string, never>>;
  /** Collects ECS tasks and services (ECS Explorer). @default the Agent's default */
  readonly ecsExplorer?: boolean | Readonly<Record<string, never>>;
  /** Runs the FIPS Agent, with built-in FIPS 140-2 cryptography. @default on with `image.flavor: fips` */
  readonly fipsAgent?: boolean | Readonly<Record<string, never>>;
  /** Sends all traffic through a FIPS 140-2 proxy sidecar. @default on where it is supported */
  readonly fipsProxy?: boolean | {
    /** Image of the proxy. @default "datadog/fips-proxy:1.1.30" */
    readonly image?: string;
    /** First of the 16 consecutive ports that the proxy listens on. @default 9803 */
    readonly portRangeStart?: number;
    /** CPU units of the proxy; 1,024 are one vCPU. @default 10 */
    readonly cpu?: number;
    /** Hard memory limit of the proxy in MiB. @default 256 */
    readonly memoryMiB?: number;
  };
  /** Monitors NVIDIA GPUs. @default off */
  readonly gpuMonitoring?: boolean | {
    /** Trace the GPU use of each process with eBPF probes, which Datadog has deprecated. @default false */
    readonly ebpf?: boolean;
  };
  /** Sets the Agent's log level. @default off */
  readonly logLevel?: boolean | {
    /** Minimum severity logged. @default "info" */
    readonly level?: "trace" | "debug" | "info" | "warn" | "error" | "critical" | "off";
  };
  /** Collects container logs. @default off */
  readonly logs?: boolean | {
    /** Collect logs from all containers; if false, only from containers with a log label. @default true */
    readonly collectAll?: boolean;
    /** Containers to collect logs from, even if they match `exclude`. @default [] */
    readonly include?: readonly string[];
    /** Containers to exclude from log collection. @default [] */
    readonly exclude?: readonly string[];
    /** Log files on the host to collect; gives the Agent read access to the host's /var/log. @default [] */
    readonly files?: readonly {
      /** Path of the file, or a wildcard pattern such as /var/log/nginx/*.log. */
      readonly path: string;
      /** Integration that the logs come from. */
      readonly source: string;
      /** Service that the logs come from. */
      readonly service: string;
    }[];
    /** Processing rules for all logs, applied before they are sent. @default [] */
    readonly processingRules?: readonly {
      /** What to do with matching logs. */
      readonly type: "exclude_at_match" | "include_at_match" | "mask_sequences";
      /** Name of the rule. */
      readonly name: string;
      /** Regular expression in Go syntax. */
      readonly pattern: string;
      /** Replacement for masked text. */
      readonly replacePlaceholder?: string;
    }[];
    /** Detect and join multi-line logs; by default the Agent decides (on in recent versions). */
    readonly autoMultiLine?: boolean;
    /** Maximum number of log files that are read in parallel; by default the Agent's limit. */
    readonly openFilesLimit?: number;
  };
  /** Traces network paths hop by hop (Network Path). @default off */
  readonly networkPath?: boolean | {
    /** Also trace the paths of observed connections; needs networkPerformanceMonitoring. @default false */
    readonly monitorConnections?: boolean;
    /** Number of connection paths that are traced in parallel; only with `monitorConnections`. @default 4 */
    readonly workers?: number;
  };
  /** Monitors network connections (NPM). @default off */
  readonly networkPerformanceMonitoring?: boolean | {
    /** Collect DNS statistics; by default the Agent decides (on). */
    readonly dnsStatistics?: boolean;
    /** Send data directly from the system probe; by default the Agent decides. */
    readonly directSend?: boolean;
  };
  /** Reports OOM kills. @default off */
  readonly oomKill?: boolean | Readonly<Record<string, never>>;
  /** Receives OpenTelemetry data (OTLP). @default off */
  readonly otlp?: boolean | {
    /** Listen for gRPC on host port 4317/tcp. @default true */
    readonly grpc?: boolean;
    /** Listen for HTTP on host port 4318/tcp. @default true */
    readonly http?: boolean;
    /** Also receive logs; needs the feature `logs`. @default false */
    readonly logs?: boolean;
  };
  /** Collects live processes of the host and its containers. @default off */
  readonly processCollection?: boolean | Readonly<Record<string, never>>;
  /** Detects running programs that have an integration. @default the Agent's default */
  readonly processDiscovery?: boolean | Readonly<Record<string, never>>;
  /** Sends all traffic through an HTTP proxy. @default off */
  readonly proxy?: boolean | {
    /** Proxy for HTTP traffic. */
    readonly http?: string;
    /** Proxy for HTTPS traffic, which is nearly all traffic. */
    readonly https?: string;
    /** Hosts that bypass the proxy. @default [] */
    readonly noProxy?: readonly string[];
  };
  /** Lets Datadog configure running Agents (Remote Configuration). @default the Agent's default */
  readonly remoteConfiguration?: boolean | Readonly<Record<string, never>>;
  /** Adds the AWS tags of ECS resources to all data. @default off */
  readonly resourceTagCollection?: boolean | Readonly<Record<string, never>>;
  /** Lists the software in container images (SBOM). @default off */
  readonly sbom?: boolean | {
    /** Also list the host's software; gives the Agent read access to all files on the host. @default false */
    readonly host?: boolean;
    /** Report which packages in images are in use, with the system probe. @default false */
    readonly inUse?: boolean;
  };
  /** Resolves ENC[…] with Secrets Manager or Parameter Store. @default off */
  readonly secretsBackend?: false | {
    /** Secret store: Secrets Manager, or SSM Parameter Store. @default "aws.secrets" */
    readonly type?: "aws.secrets" | "aws.ssm";
    /** AWS region of the secrets. */
    readonly region: string;
  };
  /** Discovers services, instrumented or not. @default the Agent's default */
  readonly serviceDiscovery?: boolean | Readonly<Record<string, never>>;
  /** Sets the tag cardinality of metrics. @default off */
  readonly tagCardinality?: boolean | {
    /** Tag cardinality of check metrics. @default "low" */
    readonly checks?: "low" | "orchestrator" | "high";
    /** Tag cardinality of DogStatsD metrics. @default "low" */
    readonly dogstatsd?: "low" | "orchestrator" | "high";
  };
  /** Monitors the TCP queue length of containers. @default off */
  readonly tcpQueueLength?: boolean | Readonly<Record<string, never>>;
  /** Sets the env tag on all data (unified service tagging). @default off */
  readonly unifiedServiceTagging?: false | {
    /** Name of the environment, such as production. */
    readonly env: string;
  };
  /** Monitors services without code instrumentation (USM). @default off */
  readonly universalServiceMonitoring?: boolean | {
    /** Also monitor encrypted traffic; gives the Agent read access to all files on the host. @default true */
    readonly https?: boolean;
    /** Also monitor HTTP/2 and gRPC, on Linux 5.2 or later; by default the Agent decides. */
    readonly http2?: boolean;
    /** Monitor encrypted traffic of Go programs; by default the Agent decides. */
    readonly goTls?: boolean;
  };
  /** Detects runtime threats to workloads (CWS). @default off */
  readonly workloadProtection?: boolean | {
    /** Receive new rules from Datadog through Remote Configuration. @default true */
    readonly remoteConfiguration?: boolean;
    /** Host file with custom rules; if it doesn't exist, Docker creates an empty directory at this path. */
    readonly policies?: string;
    /** Host directory with files of rules (*.policy), which replaces the image's; default rules then come by Remote Configuration. */
    readonly policiesDirectory?: string;
    /** Allow rules to kill processes; by default the Agent decides. */
    readonly enforcement?: boolean;
  };
};

/** Type of `checks`. */
export type Check = {
  /** Configuration of all instances. */
  readonly init_config?: Readonly<Record<string, unknown>>;
  /** What to check; `%%env_NAME%%` is replaced by an environment variable or secret of the Agent. */
  readonly instances: readonly Readonly<Record<string, unknown>>[];
};

/** Type of `ports`. */
export type Port = {
  /** Port that the Agent listens on. */
  readonly containerPort: number;
  /** Port on the instance; by default the same, 0 for a dynamic port. */
  readonly hostPort?: number;
  /** Protocol of the port. @default "tcp" */
  readonly protocol?: "tcp" | "udp";
};

/** Type of `healthCheck`. */
export type HealthCheck = {
  /** Command, after CMD or CMD-SHELL; exit code 0 means healthy. @default ["CMD-SHELL","agent health"] */
  readonly command?: readonly string[];
  /** Seconds between health checks. @default 30 */
  readonly intervalSeconds?: number;
  /** Seconds before a health check counts as failed. @default 5 */
  readonly timeoutSeconds?: number;
  /** Consecutive failures before the container counts as unhealthy. @default 3 */
  readonly retries?: number;
  /** Seconds after startup during which failures don't count. @default 15 */
  readonly startPeriodSeconds?: number;
};

/** Type of `image`. */
export type Image = {
  /** Image repository; GovCloud and China have no ECR Public, so mirror the image there. @default "public.ecr.aws/datadog/agent" */
  readonly repository?: string;
  /** Image tag. @default "latest" */
  readonly tag?: string;
  /** Image flavor, a suffix of the tag: jmx has Java for JMX checks, full has everything, fips has FIPS cryptography; some can be combined. */
  readonly flavor?: "jmx" | "full" | "fips" | "fips-jmx" | "fips-full";
  /** Image digest; replaces the tag. */
  readonly digest?: string;
};

/** Type of `mounts`. */
export type Mount = {
  /** Path in the Agent's container. */
  readonly containerPath: string;
  /** Mount read-only. @default true */
  readonly readOnly?: boolean;
  /** Volume, as in the ECS API; with only a name, it is empty at every start. */
  readonly volume: {
    /** This parameter is specified when you use Docker volumes. */
    readonly dockerVolumeConfiguration?: {
      /** If this value is true, the Docker volume is created if it doesn't already exist. */
      readonly autoprovision?: boolean;
      /** The Docker volume driver to use. */
      readonly driver?: string;
      /** A map of Docker driver-specific options passed through. */
      readonly driverOpts?: Readonly<Record<string, string>>;
      /** Custom metadata to add to your Docker volume. */
      readonly labels?: Readonly<Record<string, string>>;
      /** The scope for the Docker volume that determines its lifecycle. */
      readonly scope?: "shared" | "task";
    };
    /** EFS file system. */
    readonly efsVolumeConfiguration?: {
      /** Access point, and whether the task role authorizes the mount. */
      readonly authorizationConfig?: {
        /** ID of the EFS access point. */
        readonly accessPointId?: string;
        /** Determines whether to use the Amazon ECS task role defined in a task definition when mounting the Amazon EFS file system. */
        readonly iam?: "DISABLED" | "ENABLED";
      };
      /** ID of the EFS file system. */
      readonly fileSystemId: string;
      /** The directory within the Amazon EFS file system to mount as the root directory inside the host. */
      readonly rootDirectory?: string;
      /** Determines whether to use encryption for Amazon EFS data in transit between the Amazon ECS host and the Amazon EFS server. */
      readonly transitEncryption?: "DISABLED" | "ENABLED";
      /** Port of the encrypted connection to EFS; by default the mount helper chooses one. */
      readonly transitEncryptionPort?: number;
    };
    /** This parameter is specified when you use Amazon FSx for Windows File Server file system for task storage. */
    readonly fsxWindowsFileServerVolumeConfiguration?: {
      /** The authorization configuration details for the Amazon FSx for Windows File Server file system. */
      readonly authorizationConfig: {
        /** The authorization credential option to use. */
        readonly credentialsParameter: string;
        /** A fully qualified domain name hosted by an Directory Service Managed Microsoft AD (Active Directory) or self-hosted AD on Amazon EC2. */
        readonly domain: string;
      };
      /** The Amazon FSx for Windows File Server file system ID to use. */
      readonly fileSystemId: string;
      /** The directory within the Amazon FSx for Windows File Server file system to mount as the root directory inside the host. */
      readonly rootDirectory: string;
    };
    /** This parameter is specified when you use bind mount host volumes. */
    readonly host?: {
      /** When the host parameter is used, specify a sourcePath to declare the path on the host container instance that's presented to the container. */
      readonly sourcePath?: string;
    };
    /** Name of the volume. */
    readonly name: string;
  };
};

/** Type of `volumes`. */
export type Volume = {
  /** This parameter is specified when you use Docker volumes. */
  readonly dockerVolumeConfiguration?: {
    /** If this value is true, the Docker volume is created if it doesn't already exist. */
    readonly autoprovision?: boolean;
    /** The Docker volume driver to use. */
    readonly driver?: string;
    /** A map of Docker driver-specific options passed through. */
    readonly driverOpts?: Readonly<Record<string, string>>;
    /** Custom metadata to add to your Docker volume. */
    readonly labels?: Readonly<Record<string, string>>;
    /** The scope for the Docker volume that determines its lifecycle. */
    readonly scope?: "shared" | "task";
  };
  /** EFS file system. */
  readonly efsVolumeConfiguration?: {
    /** Access point, and whether the task role authorizes the mount. */
    readonly authorizationConfig?: {
      /** ID of the EFS access point. */
      readonly accessPointId?: string;
      /** Determines whether to use the Amazon ECS task role defined in a task definition when mounting the Amazon EFS file system. */
      readonly iam?: "DISABLED" | "ENABLED";
    };
    /** ID of the EFS file system. */
    readonly fileSystemId: string;
    /** The directory within the Amazon EFS file system to mount as the root directory inside the host. */
    readonly rootDirectory?: string;
    /** Determines whether to use encryption for Amazon EFS data in transit between the Amazon ECS host and the Amazon EFS server. */
    readonly transitEncryption?: "DISABLED" | "ENABLED";
    /** Port of the encrypted connection to EFS; by default the mount helper chooses one. */
    readonly transitEncryptionPort?: number;
  };
  /** This parameter is specified when you use Amazon FSx for Windows File Server file system for task storage. */
  readonly fsxWindowsFileServerVolumeConfiguration?: {
    /** The authorization configuration details for the Amazon FSx for Windows File Server file system. */
    readonly authorizationConfig: {
      /** The authorization credential option to use. */
      readonly credentialsParameter: string;
      /** A fully qualified domain name hosted by an Directory Service Managed Microsoft AD (Active Directory) or self-hosted AD on Amazon EC2. */
      readonly domain: string;
    };
    /** The Amazon FSx for Windows File Server file system ID to use. */
    readonly fileSystemId: string;
    /** The directory within the Amazon FSx for Windows File Server file system to mount as the root directory inside the host. */
    readonly rootDirectory: string;
  };
  /** This parameter is specified when you use bind mount host volumes. */
  readonly host?: {
    /** When the host parameter is used, specify a sourcePath to declare the path on the host container instance that's presented to the container. */
    readonly sourcePath?: string;
  };
  /** Name of the volume. */
  readonly name: string;
};

/** Type of `ulimits`. */
export type Ulimit = {
  /** The hard limit for the ulimit type. */
  readonly hardLimit: number;
  /** The type of the ulimit. */
  readonly name: "core" | "cpu" | "data" | "fsize" | "locks" | "memlock" | "msgqueue" | "nice" | "nofile" | "nproc" | "rss" | "rtprio" | "rttime" | "sigpending" | "stack";
  /** The soft limit for the ulimit type. */
  readonly softLimit: number;
};

/** Type of `restartPolicy`. */
export type RestartPolicy = {
  /** Specifies whether a restart policy is enabled for the container. */
  readonly enabled: boolean;
  /** Exit codes that don't cause a restart. */
  readonly ignoredExitCodes?: readonly number[];
  /** Seconds that the container must run before it can be restarted. */
  readonly restartAttemptPeriod?: number;
};

/** Type of `logConfiguration`. */
export type LogConfiguration = {
  /** The log driver to use for the container. */
  readonly logDriver: "awsfirelens" | "awslogs" | "fluentd" | "gelf" | "journald" | "json-file" | "splunk" | "syslog";
  /** The configuration options to send to the log driver. */
  readonly options?: Readonly<Record<string, string>>;
  /** The secrets to pass to the log configuration. */
  readonly secretOptions?: readonly {
    /** The name of the secret. */
    readonly name: string;
    /** The secret to expose to the container. */
    readonly valueFrom: string;
  }[];
};

/** Type of `createLogGroup`. */
export type CreateLogGroup = {
  /** Retention of the log events in days. @default 30 */
  readonly retentionDays?: number;
  /** ARN of the customer-managed KMS key that encrypts the log group. */
  readonly kmsKeyArn?: string;
};

/** Type of `containerDefinition`. */
export type ContainerDefinition = {
  /** A list of ARNs in SSM or Amazon S3 to a credential spec (CredSpec) file that configures the container for Active Directory authentication. */
  readonly credentialSpecs?: readonly string[];
  /** The dependencies defined for container startup and shutdown. */
  readonly dependsOn?: readonly {
    /** The dependency condition of the container. */
    readonly condition: "COMPLETE" | "HEALTHY" | "START" | "SUCCESS";
    /** The name of a container. */
    readonly containerName: string;
  }[];
  /** When this parameter is true, networking is off within the container. */
  readonly disableNetworking?: boolean;
  /** A list of DNS search domains that are presented to the container. */
  readonly dnsSearchDomains?: readonly string[];
  /** A list of DNS servers that are presented to the container. */
  readonly dnsServers?: readonly string[];
  /** The FireLens configuration for the container. */
  readonly firelensConfiguration?: {
    /** The options to use when configuring the log router. */
    readonly options?: Readonly<Record<string, string>>;
    /** The log router to use. */
    readonly type: "fluentbit" | "fluentd";
  };
  /** The hostname to use for your container. */
  readonly hostname?: string;
  /** When this parameter is true, you can deploy containerized applications that require stdin or a tty to be allocated. */
  readonly interactive?: boolean;
  /** The links parameter allows containers to communicate with each other without the need for port mappings. */
  readonly links?: readonly string[];
  /** Other Linux parameters. */
  readonly linuxParameters?: {
    /** Any host devices to expose to the container. */
    readonly devices?: readonly {
      /** The path inside the container at which to expose the host device. */
      readonly containerPath?: string;
      /** The path for the device on the host container instance. */
      readonly hostPath: string;
      /** The explicit permissions to provide to the container for the device. */
      readonly permissions?: readonly ("mknod" | "read" | "write")[];
    }[];
    /** The total amount of swap memory (in MiB) a container can use. */
    readonly maxSwap?: number;
    /** The value for the size (in MiB) of the /dev/shm volume. */
    readonly sharedMemorySize?: number;
    /** This allows you to tune a container's memory swappiness behavior. */
    readonly swappiness?: number;
    /** The container path, mount options, and size (in MiB) of the tmpfs mount. */
    readonly tmpfs?: readonly {
      /** The absolute file path where the tmpfs volume is to be mounted. */
      readonly containerPath: string;
      /** The list of tmpfs volume mount options. */
      readonly mountOptions?: readonly string[];
      /** The maximum size (in MiB) of the tmpfs volume. */
      readonly size: number;
    }[];
  };
  /** When this parameter is true, a TTY is allocated. */
  readonly pseudoTerminal?: boolean;
  /** The type and amount of a resource to assign to a container. */
  readonly resourceRequirements?: readonly {
    /** The type of resource to assign to a container. */
    readonly type: "GPU" | "InferenceAccelerator" | "NeuronDevice";
    /** The value for the specified resource type. */
    readonly value?: string;
  }[];
  /** Seconds to wait for the containers in `dependsOn`. */
  readonly startTimeout?: number;
  /** Specifies whether Amazon ECS will resolve the container image tag provided in the container definition to an image digest. */
  readonly versionConsistency?: "disabled" | "enabled";
  /** Data volumes to mount from another container. */
  readonly volumesFrom?: readonly {
    /** If this value is true, the container has read-only access to the volume. */
    readonly readOnly?: boolean;
    /** The name of another container within the same task definition to mount volumes from. */
    readonly sourceContainer?: string;
  }[];
  /** The working directory to run commands inside the container in. */
  readonly workingDirectory?: string;
};

/** Type of `sidecars`. */
export type Sidecar = {
  /** The command that's passed to the container. */
  readonly command?: readonly string[];
  /** The number of cpu units reserved for the container. */
  readonly cpu?: number;
  /** A list of ARNs in SSM or Amazon S3 to a credential spec (CredSpec) file that configures the container for Active Directory authentication. */
  readonly credentialSpecs?: readonly string[];
  /** The dependencies defined for container startup and shutdown. */
  readonly dependsOn?: readonly {
    /** The dependency condition of the container. */
    readonly condition: "COMPLETE" | "HEALTHY" | "START" | "SUCCESS";
    /** The name of a container. */
    readonly containerName: string;
  }[];
  /** When this parameter is true, networking is off within the container. */
  readonly disableNetworking?: boolean;
  /** A list of DNS search domains that are presented to the container. */
  readonly dnsSearchDomains?: readonly string[];
  /** A list of DNS servers that are presented to the container. */
  readonly dnsServers?: readonly string[];
  /** A key/value map of labels to add to the container. */
  readonly dockerLabels?: Readonly<Record<string, string>>;
  /** A list of strings to provide custom configuration for multiple security systems. */
  readonly dockerSecurityOptions?: readonly string[];
  /** Early versions of the Amazon ECS container agent don't properly handle entryPoint parameters. */
  readonly entryPoint?: readonly string[];
  /** The environment variables to pass to a container. */
  readonly environment?: readonly {
    /** The name of the key-value pair. */
    readonly name?: string;
    /** The value of the key-value pair. */
    readonly value?: string;
  }[];
  /** A list of files containing the environment variables to pass to a container. */
  readonly environmentFiles?: readonly {
    /** The file type to use. */
    readonly type: "s3";
    /** The Amazon Resource Name (ARN) of the Amazon S3 object containing the environment variable file. */
    readonly value: string;
  }[];
  /** If the essential parameter of a container is marked as true, and that container fails or stops for any reason, all other containers that are part of the task are stopped. */
  readonly essential?: boolean;
  /** A list of hostnames and IP address mappings to append to the /etc/hosts file on the container. */
  readonly extraHosts?: readonly {
    /** The hostname to use in the /etc/hosts entry. */
    readonly hostname: string;
    /** The IP address to use in the /etc/hosts entry. */
    readonly ipAddress: string;
  }[];
  /** The FireLens configuration for the container. */
  readonly firelensConfiguration?: {
    /** The options to use when configuring the log router. */
    readonly options?: Readonly<Record<string, string>>;
    /** The log router to use. */
    readonly type: "fluentbit" | "fluentd";
  };
  /** The container health check command and associated configuration parameters for the container. */
  readonly healthCheck?: {
    /** A string array representing the command that the container runs to determine if it is healthy. */
    readonly command: readonly string[];
    /** The time period in seconds between each health check execution. */
    readonly interval?: number;
    /** The number of times to retry a failed health check before the container is considered unhealthy. */
    readonly retries?: number;
    /** The optional grace period to provide containers time to bootstrap before failed health checks count towards the maximum number of retries. */
    readonly startPeriod?: number;
    /** The time period in seconds to wait for a health check to succeed before it is considered a failure. */
    readonly timeout?: number;
  };
  /** The hostname to use for your container. */
  readonly hostname?: string;
  /** Image of the container. */
  readonly image: string;
  /** When this parameter is true, you can deploy containerized applications that require stdin or a tty to be allocated. */
  readonly interactive?: boolean;
  /** The links parameter allows containers to communicate with each other without the need for port mappings. */
  readonly links?: readonly string[];
  /** Linux-specific modifications that are applied to the default Docker container configuration, such as Linux kernel capabilities. */
  readonly linuxParameters?: {
    /** The Linux capabilities for the container that are added to or dropped from the default configuration provided by Docker. */
    readonly capabilities?: {
      /** The Linux capabilities for the container that have been added to the default configuration provided by Docker. */
      readonly add?: readonly string[];
      /** The Linux capabilities for the container that have been removed from the default configuration provided by Docker. */
      readonly drop?: readonly string[];
    };
    /** Any host devices to expose to the container. */
    readonly devices?: readonly {
      /** The path inside the container at which to expose the host device. */
      readonly containerPath?: string;
      /** The path for the device on the host container instance. */
      readonly hostPath: string;
      /** The explicit permissions to provide to the container for the device. */
      readonly permissions?: readonly ("mknod" | "read" | "write")[];
    }[];
    /** Run an init process inside the container that forwards signals and reaps processes. */
    readonly initProcessEnabled?: boolean;
    /** The total amount of swap memory (in MiB) a container can use. */
    readonly maxSwap?: number;
    /** The value for the size (in MiB) of the /dev/shm volume. */
    readonly sharedMemorySize?: number;
    /** This allows you to tune a container's memory swappiness behavior. */
    readonly swappiness?: number;
    /** The container path, mount options, and size (in MiB) of the tmpfs mount. */
    readonly tmpfs?: readonly {
      /** The absolute file path where the tmpfs volume is to be mounted. */
      readonly containerPath: string;
      /** The list of tmpfs volume mount options. */
      readonly mountOptions?: readonly string[];
      /** The maximum size (in MiB) of the tmpfs volume. */
      readonly size: number;
    }[];
  };
  /** The log configuration specification for the container. */
  readonly logConfiguration?: {
    /** The log driver to use for the container. */
    readonly logDriver: "awsfirelens" | "awslogs" | "fluentd" | "gelf" | "journald" | "json-file" | "splunk" | "syslog";
    /** The configuration options to send to the log driver. */
    readonly options?: Readonly<Record<string, string>>;
    /** The secrets to pass to the log configuration. */
    readonly secretOptions?: readonly {
      /** The name of the secret. */
      readonly name: string;
      /** The secret to expose to the container. */
      readonly valueFrom: string;
    }[];
  };
  /** The amount (in MiB) of memory to present to the container. */
  readonly memory?: number;
  /** The soft limit (in MiB) of memory to reserve for the container. */
  readonly memoryReservation?: number;
  /** The mount points for data volumes in your container. */
  readonly mountPoints?: readonly {
    /** The path on the container to mount the host volume at. */
    readonly containerPath?: string;
    /** If this value is true, the container has read-only access to the volume. */
    readonly readOnly?: boolean;
    /** The name of the volume to mount. */
    readonly sourceVolume?: string;
  }[];
  /** Name of the container, unique in the task. */
  readonly name: string;
  /** The list of port mappings for the container. */
  readonly portMappings?: readonly {
    /** The application protocol that's used for the port mapping. */
    readonly appProtocol?: "grpc" | "http" | "http2";
    /** The port number on the container that's bound to the user-specified or automatically assigned host port. */
    readonly containerPort?: number;
    /** The port number range on the container that's bound to the dynamically mapped host port range. */
    readonly containerPortRange?: string;
    /** The port number on the container instance to reserve for your container. */
    readonly hostPort?: number;
    /** The name that's used for the port mapping. */
    readonly name?: string;
    /** The protocol that's used for the port mapping. */
    readonly protocol?: "tcp" | "udp";
  }[];
  /** When this parameter is true, the container is given elevated privileges on the host container instance (similar to the root user). */
  readonly privileged?: boolean;
  /** When this parameter is true, a TTY is allocated. */
  readonly pseudoTerminal?: boolean;
  /** When this parameter is true, the container is given read-only access to its root file system. */
  readonly readonlyRootFilesystem?: boolean;
  /** The private repository authentication credentials to use. */
  readonly repositoryCredentials?: {
    /** The Amazon Resource Name (ARN) of the secret containing the private repository credentials. */
    readonly credentialsParameter: string;
  };
  /** The type and amount of a resource to assign to a container. */
  readonly resourceRequirements?: readonly {
    /** The type of resource to assign to a container. */
    readonly type: "GPU" | "InferenceAccelerator" | "NeuronDevice";
    /** The value for the specified resource type. */
    readonly value?: string;
  }[];
  /** The restart policy for a container. */
  readonly restartPolicy?: {
    /** Specifies whether a restart policy is enabled for the container. */
    readonly enabled: boolean;
    /** A list of exit codes that Amazon ECS will ignore and not attempt a restart on. */
    readonly ignoredExitCodes?: readonly number[];
    /** A period of time (in seconds) that the container must run for before a restart can be attempted. */
    readonly restartAttemptPeriod?: number;
  };
  /** The secrets to pass to the container. */
  readonly secrets?: readonly {
    /** The name of the secret. */
    readonly name: string;
    /** The secret to expose to the container. */
    readonly valueFrom: string;
  }[];
  /** Time duration (in seconds) to wait before giving up on resolving dependencies for a container. */
  readonly startTimeout?: number;
  /** Time duration (in seconds) to wait before the container is forcefully killed if it doesn't exit normally on its own. */
  readonly stopTimeout?: number;
  /** A list of namespaced kernel parameters to set in the container. */
  readonly systemControls?: readonly {
    /** The namespaced kernel parameter to set a value for. */
    readonly namespace?: string;
    /** The namespaced kernel parameter to set a value for. */
    readonly value?: string;
  }[];
  /** A list of ulimits to set in the container. */
  readonly ulimits?: readonly {
    /** The hard limit for the ulimit type. */
    readonly hardLimit: number;
    /** The type of the ulimit. */
    readonly name: "core" | "cpu" | "data" | "fsize" | "locks" | "memlock" | "msgqueue" | "nice" | "nofile" | "nproc" | "rss" | "rtprio" | "rttime" | "sigpending" | "stack";
    /** The soft limit for the ulimit type. */
    readonly softLimit: number;
  }[];
  /** The user to use inside the container. */
  readonly user?: string;
  /** Specifies whether Amazon ECS will resolve the container image tag provided in the container definition to an image digest. */
  readonly versionConsistency?: "disabled" | "enabled";
  /** Data volumes to mount from another container. */
  readonly volumesFrom?: readonly {
    /** If this value is true, the container has read-only access to the volume. */
    readonly readOnly?: boolean;
    /** The name of another container within the same task definition to mount volumes from. */
    readonly sourceContainer?: string;
  }[];
  /** The working directory to run commands inside the container in. */
  readonly workingDirectory?: string;
};

/** Type of `runtimePlatform`. */
export type RuntimePlatform = {
  /** The CPU architecture. */
  readonly cpuArchitecture?: "ARM64" | "X86_64";
  /** The operating system. */
  readonly operatingSystemFamily?: "LINUX" | "WINDOWS_SERVER_2004_CORE" | "WINDOWS_SERVER_2016_FULL" | "WINDOWS_SERVER_2019_CORE" | "WINDOWS_SERVER_2019_FULL" | "WINDOWS_SERVER_2022_CORE" | "WINDOWS_SERVER_2022_FULL" | "WINDOWS_SERVER_2025_CORE" | "WINDOWS_SERVER_2025_FULL" | "WINDOWS_SERVER_20H2_CORE";
};

/** Type of `taskDefinition`. */
export type TaskDefinition = {
  /** CPU units of the whole task. */
  readonly cpu?: string;
  /** Hard memory limit of the whole task in MiB; if set, `memoryMiB` has no default. */
  readonly memory?: string;
  /** Allow AWS Fault Injection Service to act on the task. */
  readonly enableFaultInjection?: boolean;
};

/** Type of `serviceRegistries`. */
export type ServiceRegistries = {
  /** ARN of the Cloud Map service. */
  readonly registryArn: string;
  /** Name of the container, for an SRV record. */
  readonly containerName?: string;
  /** Port of the container, for an SRV record. */
  readonly containerPort?: number;
  /** Port for an SRV record in network mode awsvpc. */
  readonly port?: number;
};

/** Type of `createdRoles`. */
export type CreatedRoles = {
  /** Prefix of the role names; by default datadog-agent-. */
  readonly namePrefix?: string;
  /** Name of the task role, instead of a prefix; must be unique in the account. */
  readonly taskRoleName?: string;
  /** Name of the execution role, instead of a prefix. */
  readonly executionRoleName?: string;
  /** IAM path of the roles; by default /. */
  readonly path?: string;
  /** ARN of the roles' permissions boundary. */
  readonly permissionsBoundaryArn?: string;
};

/** Type of `taskRoleStatements`. */
export type TaskRoleStatement = {
  /** Allowed IAM actions. */
  readonly actions: readonly string[];
  /** ARNs of the resources, or *. */
  readonly resources: readonly string[];
  /** Conditions, by operator and condition key. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

/** Type of `executionRoleStatements`. */
export type ExecutionRoleStatement = {
  /** Allowed IAM actions. */
  readonly actions: readonly string[];
  /** ARNs of the resources, or *. */
  readonly resources: readonly string[];
  /** Conditions, by operator and condition key. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
};

/** Type of `apiKey`. */
export type CheckedApiKey = {
  /** Full ARN of a Secrets Manager secret; append `:json-key::` to read a key of a JSON secret. */
  readonly secretsManagerArn?: string;
  /** ARN of an SSM parameter, or its name if it is in the task's region and account. */
  readonly ssmParameter?: string;
  /** Old name of `ssmParameter`. */
  readonly ssmParameterArn?: string;
  /** Create an empty secret; the stack outputs the command that fills it. */
  readonly createSecret?: {
    /** Name of the secret. */
    readonly name: string;
    /** ARN of the KMS key that encrypts the secret; by default the AWS managed key. */
    readonly kmsKeyArn?: string;
    /** Fill the secret from the variable `var.api_key_value`, which Terraform never stores; increase `var.api_key_version` to fill it again. Needs Terraform 1.11 or later. */
    readonly ephemeralVariable?: true;
    /** Replaces `var.api_key_version`: increase it to fill the secret again. */
    readonly ephemeralVersion?: string;
  };
  /** For a JSON secret: the key that holds the API key. */
  readonly jsonKey?: string;
  /** For a rotated secret: the version stage to read; by default AWSCURRENT. */
  readonly versionStage?: string;
  /** ARN of the customer-managed KMS key that encrypts the secret or the parameter. */
  readonly kmsKeyArn?: string;
  /** For testing only: read the key from `var.api_key`; it is stored in the state and in the task definition. */
  readonly sensitiveVariable?: true;
};

/** Type of `provider`. */
export type Provider = {
  /** IAM role to assume with the environment's credentials. */
  readonly assumeRole?: {
    /** ARN of the role. */
    readonly roleArn: string;
    /** External ID that the role requires. */
    readonly externalId?: string;
    /** Session name in CloudTrail. */
    readonly sessionName?: string;
  };
  /** AWS CLI profile. */
  readonly profile?: string;
  /** AWS accounts that the stack may be deployed to. */
  readonly allowedAccountIds?: readonly string[];
  /** AWS tags of all resources (`default_tags` of the provider). */
  readonly defaultTags?: Readonly<Record<string, string>>;
  /** Custom endpoints of AWS services, such as `ecs: https://…`. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Use the FIPS endpoints of AWS. @default false */
  readonly useFipsEndpoint: boolean;
};

/** Type of `backend`. */
export type Backend = {
  /** S3 bucket. */
  readonly s3?: {
    /** S3 bucket of the state. */
    readonly bucket: string;
    /** Key of the state; `{name}` is the stack's name. @default "datadog-agent/{name}.tfstate" */
    readonly key: string;
    /** Region of the bucket. */
    readonly region: string;
    /** Lock the state with a lock file next to it; needs Terraform 1.10 or later. @default true */
    readonly useLockfile: boolean;
    /** ARN of the KMS key that encrypts the state. */
    readonly kmsKeyId?: string;
    /** IAM role that reads and writes the state; needs Terraform 1.6 or later. */
    readonly roleArn?: string;
  };
  /** HCP Terraform or Terraform Enterprise, with the older `remote` backend. */
  readonly remote?: {
    /** Host name of HCP Terraform or Terraform Enterprise. @default "app.terraform.io" */
    readonly hostname: string;
    /** Name of the organization. */
    readonly organization: string;
    /** Name of the workspace; `{name}` is the stack's name. @default "datadog-agent-{name}" */
    readonly workspace: string;
  };
  /** HCP Terraform or Terraform Enterprise, with the `cloud` block. */
  readonly cloud?: {
    /** Host name of HCP Terraform or Terraform Enterprise. @default "app.terraform.io" */
    readonly hostname: string;
    /** Name of the organization. */
    readonly organization: string;
    /** Name of the project. */
    readonly project?: string;
    /** Name of the workspace; `{name}` is the stack's name. By default `datadog-agent-{name}`. */
    readonly workspace?: string;
    /** Instead of `workspace`: tags that select the workspaces. */
    readonly tags?: readonly string[];
  };
  /** Google Cloud Storage bucket. */
  readonly gcs?: {
    /** Cloud Storage bucket of the state. */
    readonly bucket: string;
    /** Prefix of the state's objects. @default "datadog-agent/{name}" */
    readonly prefix: string;
  };
  /** Azure Blob Storage. */
  readonly azurerm?: {
    /** Resource group of the storage account. */
    readonly resourceGroupName: string;
    /** Name of the storage account. */
    readonly storageAccountName: string;
    /** Blob container of the state. */
    readonly containerName: string;
    /** Name of the state blob. @default "datadog-agent/{name}.tfstate" */
    readonly key: string;
  };
  /** HTTP endpoint. */
  readonly http?: {
    /** URL that reads and writes the state; `{name}` is the stack's name. */
    readonly address: string;
    /** URL that locks the state. */
    readonly lockAddress?: string;
    /** URL that unlocks the state. */
    readonly unlockAddress?: string;
    /** HTTP method that locks the state; by default LOCK. */
    readonly lockMethod?: "LOCK" | "POST" | "PUT";
    /** HTTP method that unlocks the state. */
    readonly unlockMethod?: "UNLOCK" | "DELETE" | "POST" | "PUT";
  };
  /** Local file. */
  readonly local?: {
    /** Path of the state file, relative to the stack's folder. */
    readonly path: string;
  };
};

/** Type of `adopt`. */
export type Adopt = {
  /** Long ARN of the service; set `cluster` to the ARN of its cluster and `serviceName` to its name. */
  readonly serviceArn: string;
  /** ARN of its task definition, to replace and deregister that revision too; if not set, the previous revisions remain. */
  readonly taskDefinitionArn?: string;
};

/** Type of `features`. */
export type CheckedFeatures = {
  /** Receives traces from applications (APM). @default off */
  readonly apm?: boolean | {
    /** Listen on host port 8126/tcp. @default true */
    readonly port: boolean;
    /** Listen on the UNIX socket /var/run/datadog/apm.socket on the host (not on Windows). @default false */
    readonly socket: boolean;
  };
  /** Checks hosts and containers against compliance benchmarks (CSPM). @default off */
  readonly cloudSecurityPosture?: boolean | {
    /** Also run host benchmarks. @default true */
    readonly hostBenchmarks: boolean;
    /** Host file with a custom benchmark; if it doesn't exist, Docker creates an empty directory at this path. */
    readonly benchmarks?: string;
  };
  /** Includes or excludes containers by name or image. @default off */
  readonly containerFilters?: boolean | {
    /** Containers to include, even if they match `exclude`. @default [] */
    readonly include: readonly string[];
    /** Containers to exclude. @default [] */
    readonly exclude: readonly string[];
    /** Like `include`, for metrics only. @default [] */
    readonly includeMetrics: readonly string[];
    /** Like `exclude`, for metrics only. @default [] */
    readonly excludeMetrics: readonly string[];
    /** Like `include`, for logs only; the same list as `logs.include`. @default [] */
    readonly includeLogs: readonly string[];
    /** Like `exclude`, for logs only; the same list as `logs.exclude`. @default [] */
    readonly excludeLogs: readonly string[];
  };
  /** Runs custom checks from directories on the host or on EFS. @default off */
  readonly customChecks?: boolean | {
    /** Directory with check configuration files (conf.d). */
    readonly configuration?: string;
    /** Directory with Python checks (checks.d). */
    readonly code?: string;
    /** EFS file system that has the directories, instead of the host; as in the ECS API. */
    readonly efs?: {
      /** Access point, and whether the task role authorizes the mount. */
      readonly authorizationConfig?: {
        /** ID of the EFS access point. */
        readonly accessPointId?: string;
        /** Determines whether to use the Amazon ECS task role defined in a task definition when mounting the Amazon EFS file system. */
        readonly iam?: "DISABLED" | "ENABLED";
      };
      /** ID of the EFS file system. */
      readonly fileSystemId: string;
      /** Determines whether to use encryption for Amazon EFS data in transit between the Amazon ECS host and the Amazon EFS server. */
      readonly transitEncryption?: "DISABLED" | "ENABLED";
      /** Port of the encrypted connection to EFS; by default the mount helper chooses one. */
      readonly transitEncryptionPort?: number;
    };
    /** Number of checks that run in parallel; the Agent's default is 4. */
    readonly runners?: number;
  };
  /** Receives custom metrics from applications (DogStatsD). @default off */
  readonly dogstatsd?: boolean | {
    /** Listen on host port 8125/udp. @default true */
    readonly port: boolean;
    /** Listen on the UNIX socket /var/run/datadog/dsd.socket on the host (not on Windows). @default false */
    readonly socket: boolean;
    /** Keep the Agent's own statistics about received metrics. @default true */
    readonly statistics: boolean;
    /** Tag metrics with the container that sent them; with `socket`, uses the host's process namespace. @default false */
    readonly originDetection: boolean;
  };
  /** Adds probes to running Go programs (Dynamic Instrumentation). @default off */
  readonly dynamicInstrumentation?: boolean | Readonly<Record<string, never>>;
  /** Collects ECS tasks and services (ECS Explorer). @default the Agent's default */
  readonly ecsExplorer?: boolean | Readonly<Record<string, never>>;
  /** Runs the FIPS Agent, with built-in FIPS 140-2 cryptography. @default on with `image.flavor: fips` */
  readonly fipsAgent?: boolean | Readonly<Record<string, never>>;
  /** Sends all traffic through a FIPS 140-2 proxy sidecar. @default on where it is supported */
  readonly fipsProxy?: boolean | {
    /** Image of the proxy. @default "datadog/fips-proxy:1.1.30" */
    readonly image: string;
    /** First of the 16 consecutive ports that the proxy listens on. @default 9803 */
    readonly portRangeStart: number;
    /** CPU units of the proxy; 1,024 are one vCPU. @default 10 */
    readonly cpu: number;
    /** Hard memory limit of the proxy in MiB. @default 256 */
    readonly memoryMiB: number;
  };
  /** Monitors NVIDIA GPUs. @default off */
  readonly gpuMonitoring?: boolean | {
    /** Trace the GPU use of each process with eBPF probes, which Datadog has deprecated. @default false */
    readonly ebpf: boolean;
  };
  /** Sets the Agent's log level. @default off */
  readonly logLevel?: boolean | {
    /** Minimum severity logged. @default "info" */
    readonly level: "trace" | "debug" | "info" | "warn" | "error" | "critical" | "off";
  };
  /** Collects container logs. @default off */
  readonly logs?: boolean | {
    /** Collect logs from all containers; if false, only from containers with a log label. @default true */
    readonly collectAll: boolean;
    /** Containers to collect logs from, even if they match `exclude`. @default [] */
    readonly include: readonly string[];
    /** Containers to exclude from log collection. @default [] */
    readonly exclude: readonly string[];
    /** Log files on the host to collect; gives the Agent read access to the host's /var/log. @default [] */
    readonly files: readonly {
      /** Path of the file, or a wildcard pattern such as /var/log/nginx/*.log. */
      readonly path: string;
      /** Integration that the logs come from. */
      readonly source: string;
      /** Service that the logs come from. */
      readonly service: string;
    }[];
    /** Processing rules for all logs, applied before they are sent. @default [] */
    readonly processingRules: readonly {
      /** What to do with matching logs. */
      readonly type: "exclude_at_match" | "include_at_match" | "mask_sequences";
      /** Name of the rule. */
      readonly name: string;
      /** Regular expression in Go syntax. */
      readonly pattern: string;
      /** Replacement for masked text. */
      readonly replacePlaceholder?: string;
    }[];
    /** Detect and join multi-line logs; by default the Agent decides (on in recent versions). */
    readonly autoMultiLine?: boolean;
    /** Maximum number of log files that are read in parallel; by default the Agent's limit. */
    readonly openFilesLimit?: number;
  };
  /** Traces network paths hop by hop (Network Path). @default off */
  readonly networkPath?: boolean | {
    /** Also trace the paths of observed connections; needs networkPerformanceMonitoring. @default false */
    readonly monitorConnections: boolean;
    /** Number of connection paths that are traced in parallel; only with `monitorConnections`. @default 4 */
    readonly workers: number;
  };
  /** Monitors network connections (NPM). @default off */
  readonly networkPerformanceMonitoring?: boolean | {
    /** Collect DNS statistics; by default the Agent decides (on). */
    readonly dnsStatistics?: boolean;
    /** Send data directly from the system probe; by default the Agent decides. */
    readonly directSend?: boolean;
  };
  /** Reports OOM kills. @default off */
  readonly oomKill?: boolean | Readonly<Record<string, never>>;
  /** Receives OpenTelemetry data (OTLP). @default off */
  readonly otlp?: boolean | {
    /** Listen for gRPC on host port 4317/tcp. @default true */
    readonly grpc: boolean;
    /** Listen for HTTP on host port 4318/tcp. @default true */
    readonly http: boolean;
    /** Also receive logs; needs the feature `logs`. @default false */
    readonly logs: boolean;
  };
  /** Collects live processes of the host and its containers. @default off */
  readonly processCollection?: boolean | Readonly<Record<string, never>>;
  /** Detects running programs that have an integration. @default the Agent's default */
  readonly processDiscovery?: boolean | Readonly<Record<string, never>>;
  /** Sends all traffic through an HTTP proxy. @default off */
  readonly proxy?: boolean | {
    /** Proxy for HTTP traffic. */
    readonly http?: string;
    /** Proxy for HTTPS traffic, which is nearly all traffic. */
    readonly https?: string;
    /** Hosts that bypass the proxy. @default [] */
    readonly noProxy: readonly string[];
  };
  /** Lets Datadog configure running Agents (Remote Configuration). @default the Agent's default */
  readonly remoteConfiguration?: boolean | Readonly<Record<string, never>>;
  /** Adds the AWS tags of ECS resources to all data. @default off */
  readonly resourceTagCollection?: boolean | Readonly<Record<string, never>>;
  /** Lists the software in container images (SBOM). @default off */
  readonly sbom?: boolean | {
    /** Also list the host's software; gives the Agent read access to all files on the host. @default false */
    readonly host: boolean;
    /** Report which packages in images are in use, with the system probe. @default false */
    readonly inUse: boolean;
  };
  /** Resolves ENC[…] with Secrets Manager or Parameter Store. @default off */
  readonly secretsBackend?: false | {
    /** Secret store: Secrets Manager, or SSM Parameter Store. @default "aws.secrets" */
    readonly type: "aws.secrets" | "aws.ssm";
    /** AWS region of the secrets. */
    readonly region: string;
  };
  /** Discovers services, instrumented or not. @default the Agent's default */
  readonly serviceDiscovery?: boolean | Readonly<Record<string, never>>;
  /** Sets the tag cardinality of metrics. @default off */
  readonly tagCardinality?: boolean | {
    /** Tag cardinality of check metrics. @default "low" */
    readonly checks: "low" | "orchestrator" | "high";
    /** Tag cardinality of DogStatsD metrics. @default "low" */
    readonly dogstatsd: "low" | "orchestrator" | "high";
  };
  /** Monitors the TCP queue length of containers. @default off */
  readonly tcpQueueLength?: boolean | Readonly<Record<string, never>>;
  /** Sets the env tag on all data (unified service tagging). @default off */
  readonly unifiedServiceTagging?: false | {
    /** Name of the environment, such as production. */
    readonly env: string;
  };
  /** Monitors services without code instrumentation (USM). @default off */
  readonly universalServiceMonitoring?: boolean | {
    /** Also monitor encrypted traffic; gives the Agent read access to all files on the host. @default true */
    readonly https: boolean;
    /** Also monitor HTTP/2 and gRPC, on Linux 5.2 or later; by default the Agent decides. */
    readonly http2?: boolean;
    /** Monitor encrypted traffic of Go programs; by default the Agent decides. */
    readonly goTls?: boolean;
  };
  /** Detects runtime threats to workloads (CWS). @default off */
  readonly workloadProtection?: boolean | {
    /** Receive new rules from Datadog through Remote Configuration. @default true */
    readonly remoteConfiguration: boolean;
    /** Host file with custom rules; if it doesn't exist, Docker creates an empty directory at this path. */
    readonly policies?: string;
    /** Host directory with files of rules (*.policy), which replaces the image's; default rules then come by Remote Configuration. */
    readonly policiesDirectory?: string;
    /** Allow rules to kill processes; by default the Agent decides. */
    readonly enforcement?: boolean;
  };
};

/** Type of `ports`. */
export type CheckedPort = {
  /** Port that the Agent listens on. */
  readonly containerPort: number;
  /** Port on the instance; by default the same, 0 for a dynamic port. */
  readonly hostPort?: number;
  /** Protocol of the port. @default "tcp" */
  readonly protocol: "tcp" | "udp";
};

/** Type of `healthCheck`. */
export type CheckedHealthCheck = {
  /** Command, after CMD or CMD-SHELL; exit code 0 means healthy. @default ["CMD-SHELL","agent health"] */
  readonly command: readonly string[];
  /** Seconds between health checks. @default 30 */
  readonly intervalSeconds: number;
  /** Seconds before a health check counts as failed. @default 5 */
  readonly timeoutSeconds: number;
  /** Consecutive failures before the container counts as unhealthy. @default 3 */
  readonly retries: number;
  /** Seconds after startup during which failures don't count. @default 15 */
  readonly startPeriodSeconds: number;
};

/** Type of `image`. */
export type CheckedImage = {
  /** Image repository; GovCloud and China have no ECR Public, so mirror the image there. @default "public.ecr.aws/datadog/agent" */
  readonly repository: string;
  /** Image tag. @default "latest" */
  readonly tag: string;
  /** Image flavor, a suffix of the tag: jmx has Java for JMX checks, full has everything, fips has FIPS cryptography; some can be combined. */
  readonly flavor?: "jmx" | "full" | "fips" | "fips-jmx" | "fips-full";
  /** Image digest; replaces the tag. */
  readonly digest?: string;
};

/** Type of `mounts`. */
export type CheckedMount = {
  /** Path in the Agent's container. */
  readonly containerPath: string;
  /** Mount read-only. @default true */
  readonly readOnly: boolean;
  /** Volume, as in the ECS API; with only a name, it is empty at every start. */
  readonly volume: {
    /** This parameter is specified when you use Docker volumes. */
    readonly dockerVolumeConfiguration?: {
      /** If this value is true, the Docker volume is created if it doesn't already exist. */
      readonly autoprovision?: boolean;
      /** The Docker volume driver to use. */
      readonly driver?: string;
      /** A map of Docker driver-specific options passed through. */
      readonly driverOpts?: Readonly<Record<string, string>>;
      /** Custom metadata to add to your Docker volume. */
      readonly labels?: Readonly<Record<string, string>>;
      /** The scope for the Docker volume that determines its lifecycle. */
      readonly scope?: "shared" | "task";
    };
    /** EFS file system. */
    readonly efsVolumeConfiguration?: {
      /** Access point, and whether the task role authorizes the mount. */
      readonly authorizationConfig?: {
        /** ID of the EFS access point. */
        readonly accessPointId?: string;
        /** Determines whether to use the Amazon ECS task role defined in a task definition when mounting the Amazon EFS file system. */
        readonly iam?: "DISABLED" | "ENABLED";
      };
      /** ID of the EFS file system. */
      readonly fileSystemId: string;
      /** The directory within the Amazon EFS file system to mount as the root directory inside the host. */
      readonly rootDirectory?: string;
      /** Determines whether to use encryption for Amazon EFS data in transit between the Amazon ECS host and the Amazon EFS server. */
      readonly transitEncryption?: "DISABLED" | "ENABLED";
      /** Port of the encrypted connection to EFS; by default the mount helper chooses one. */
      readonly transitEncryptionPort?: number;
    };
    /** This parameter is specified when you use Amazon FSx for Windows File Server file system for task storage. */
    readonly fsxWindowsFileServerVolumeConfiguration?: {
      /** The authorization configuration details for the Amazon FSx for Windows File Server file system. */
      readonly authorizationConfig: {
        /** The authorization credential option to use. */
        readonly credentialsParameter: string;
        /** A fully qualified domain name hosted by an Directory Service Managed Microsoft AD (Active Directory) or self-hosted AD on Amazon EC2. */
        readonly domain: string;
      };
      /** The Amazon FSx for Windows File Server file system ID to use. */
      readonly fileSystemId: string;
      /** The directory within the Amazon FSx for Windows File Server file system to mount as the root directory inside the host. */
      readonly rootDirectory: string;
    };
    /** This parameter is specified when you use bind mount host volumes. */
    readonly host?: {
      /** When the host parameter is used, specify a sourcePath to declare the path on the host container instance that's presented to the container. */
      readonly sourcePath?: string;
    };
    /** Name of the volume. */
    readonly name: string;
  };
};
