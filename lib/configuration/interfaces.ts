// Written by `npm run generate` from the schemas.

/**
 * Props of {@link DatadogAgentDaemon}: `cluster`, `apiKey`, and the keys of a cluster of clusters.yaml. Strings may
 * hold tokens and Terraform expressions, except where a value decides what is built. The README's table of features
 * says what each needs of the host, the site and the launch type.
 */
export interface DatadogAgentDaemonProps {
  /** Name or ARN of the ECS cluster. */
  cluster: string;
  /** Where the API key is, one of these. */
  apiKey: {
    /** Full ARN of a Secrets Manager secret; `:json-key::` at its end picks a key of a JSON secret. */
    secretsManagerArn?: string;
    /** ARN of an SSM parameter. */
    ssmParameterArn?: string;
    /** Create an empty secret, to be filled by the command that the stack puts out. */
    createSecret?: {
      /** Name of the secret. */
      name: string;
      /** ARN of the KMS key that encrypts the secret; by default AWS's own. */
      kmsKeyArn?: string;
    };
    /** For a JSON secret: the key in it that holds the API key. */
    jsonKey?: string;
    /** For a secret that is rotated: the stage to read, by default AWSCURRENT. */
    versionStage?: string;
    /** ARN of the KMS key of one's own that encrypts the secret or the parameter. */
    kmsKeyArn?: string;
    /** For trials: a sensitive variable; its value ends up in the state and in the task definition. */
    sensitiveVariable?: string;
  };
  /** Operating system of the container instances. @default "linux" */
  host?: "linux" | "amazon-linux-1" | "windows";
  /** EXTERNAL for ECS Anywhere. @default "EC2" */
  launchType?: "EC2" | "EXTERNAL";
  /** Network mode of the task; by default bridge on Linux, host where the FIPS proxy is on, ECS's default on Windows. */
  networkMode?: "bridge" | "host" | "awsvpc";
  /** Subnets of the task; network mode awsvpc only. */
  subnets?: string[];
  /** Security groups of the task; network mode awsvpc only. */
  securityGroups?: string[];
  /** Create a security group of the task that lets these in, on the Agent's ports; network mode awsvpc only. */
  applicationSecurityGroups?: string[];
  /** Datadog site that receives the data. @default "datadoghq.com" */
  site?: "datadoghq.com" | "us3.datadoghq.com" | "us5.datadoghq.com" | "datadoghq.eu" | "ap1.datadoghq.com" | "ap2.datadoghq.com" | "uk1.datadoghq.com" | "ddog-gov.com" | "us2.ddog-gov.com";
  /** Tags on everything that the Agent sends (DD_TAGS). @default {} */
  tags?: Record<string, string>;
  /** More environment variables of the Agent; they win over all others. @default {} */
  environment?: Record<string, string>;
  /** The features: true, false, or options. */
  features?: {
    /** Receives traces from applications (APM). @default off */
    apm?: boolean | {
      /** Listen on 8126/tcp of the host. @default true */
      port?: boolean;
      /** Listen on the UNIX socket /var/run/datadog/apm.socket of the host (not on Windows). @default false */
      socket?: boolean;
    };
    /** Checks hosts and containers against benchmarks (CSPM). @default off */
    cloudSecurityPosture?: boolean | {
      /** Check the host, too. @default true */
      hostBenchmarks?: boolean;
    };
    /** Includes and excludes containers. @default off */
    containerFilters?: boolean | {
      /** Containers to look at although `exclude` names them. @default [] */
      include?: string[];
      /** Containers to leave alone. @default [] */
      exclude?: string[];
      /** The same for metrics. @default [] */
      includeMetrics?: string[];
      /** The same for metrics. @default [] */
      excludeMetrics?: string[];
      /** The same for logs; `logs.include` is the same list. @default [] */
      includeLogs?: string[];
      /** The same for logs; `logs.exclude` is the same list. @default [] */
      excludeLogs?: string[];
    };
    /** Receives custom metrics from applications (DogStatsD). @default off */
    dogstatsd?: boolean | {
      /** Listen on 8125/udp of the host. @default true */
      port?: boolean;
      /** Listen on the UNIX socket /var/run/datadog/dsd.socket of the host (not on Windows). @default false */
      socket?: boolean;
      /** Keep the Agent's own statistics of the metrics that it receives. @default true */
      statistics?: boolean;
    };
    /** Puts probes into running Go programs. @default off */
    dynamicInstrumentation?: boolean | Record<string, never>;
    /** Shows ECS tasks and services (ECS Explorer). @default the Agent's own */
    ecsExplorer?: boolean | Record<string, never>;
    /** Runs the Agent with FIPS 140-2 cryptography. @default on with `image.flavor: fips` */
    fipsAgent?: boolean | Record<string, never>;
    /** Sends everything through a FIPS 140-2 proxy beside the Agent. @default on where it works */
    fipsProxy?: boolean | {
      /** The proxy's image. @default "datadog/fips-proxy:1.1.29" */
      image?: string;
      /** First of the 16 ports in a row that the proxy listens on. @default 9803 */
      portRangeStart?: number;
      /** CPU units of the proxy; 1,024 are one core. @default 10 */
      cpu?: number;
      /** Hard memory limit of the proxy in MiB. @default 256 */
      memoryMiB?: number;
    };
    /** Monitors NVIDIA GPUs. @default off */
    gpuMonitoring?: boolean | {
      /** See what each process does on a GPU, by the system probe. @default false */
      ebpf?: boolean;
    };
    /** Sets how much the Agent logs of itself. @default off */
    logLevel?: boolean | {
      /** The least grave message that is logged. @default "info" */
      level?: "trace" | "debug" | "info" | "warn" | "error" | "critical" | "off";
    };
    /** Collects the logs of containers. @default off */
    logs?: boolean | {
      /** Collect from every container; false leaves only those whose labels ask for it. @default true */
      collectAll?: boolean;
      /** Containers to collect from although `exclude` names them. @default [] */
      include?: string[];
      /** Containers not to collect from. @default [] */
      exclude?: string[];
    };
    /** Traces the network paths to destinations. @default off */
    networkPath?: boolean | {
      /** Trace the paths of connections that are seen, too; needs networkPerformanceMonitoring. @default false */
      monitorConnections?: boolean;
      /** Number of paths that are traced at the same time. @default 4 */
      workers?: number;
    };
    /** Monitors network connections (NPM). @default off */
    networkPerformanceMonitoring?: boolean | Record<string, never>;
    /** Reports what the kernel stops for want of memory. @default off */
    oomKill?: boolean | Record<string, never>;
    /** Receives OpenTelemetry data (OTLP). @default off */
    otlp?: boolean | {
      /** Listen on 4317/tcp of the host, for gRPC. @default true */
      grpc?: boolean;
      /** Listen on 4318/tcp of the host, for HTTP. @default true */
      http?: boolean;
      /** Receive logs, too; needs the feature `logs`. @default false */
      logs?: boolean;
    };
    /** Collects the processes of the host and its containers. @default off */
    processCollection?: boolean | Record<string, never>;
    /** Finds programs for which there are integrations. @default the Agent's own */
    processDiscovery?: boolean | Record<string, never>;
    /** Sends everything through an HTTP proxy. @default off */
    proxy?: boolean | {
      /** Proxy for what goes by HTTP. */
      http?: string;
      /** Proxy for what goes by HTTPS, which is nearly everything. */
      https?: string;
      /** Hosts that are asked without a proxy. @default [] */
      noProxy?: string[];
    };
    /** Lets Datadog change settings of running Agents. @default the Agent's own */
    remoteConfiguration?: boolean | Record<string, never>;
    /** Adds the AWS tags of ECS resources to what is sent. @default off */
    resourceTagCollection?: boolean | Record<string, never>;
    /** Lists the software in images (SBOM). @default off */
    sbom?: boolean | {
      /** List the host's software, too; the Agent can then read all of its files. @default false */
      host?: boolean;
    };
    /** Finds services, instrumented or not. @default the Agent's own */
    serviceDiscovery?: boolean | Record<string, never>;
    /** Sets how many tags metrics have. @default off */
    tagCardinality?: boolean | {
      /** Tags of the metrics of checks. @default "low" */
      checks?: "low" | "orchestrator" | "high";
      /** Tags of the metrics that applications send. @default "low" */
      dogstatsd?: "low" | "orchestrator" | "high";
    };
    /** Measures the TCP queues of containers. @default off */
    tcpQueueLength?: boolean | Record<string, never>;
    /** Tags everything with its environment (env). @default off */
    unifiedServiceTagging?: false | {
      /** Name of the environment, such as production. */
      env: string;
    };
    /** Monitors services without instrumenting them (USM). @default off */
    universalServiceMonitoring?: boolean | {
      /** See encrypted traffic too; the Agent can then read every file of the host. @default true */
      https?: boolean;
    };
    /** Detects threats to workloads (CWS). @default off */
    workloadProtection?: boolean | {
      /** Take rules from Datadog as they are released. @default true */
      remoteConfiguration?: boolean;
    };
  };
  /** More Linux capabilities of the Agent's container, beside those that features bring; not on Windows. @default [] */
  capabilities?: ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Health check of the Agent's container: false, or its numbers. */
  healthCheck?: false | {
    /** Seconds between two checks. @default 30 */
    intervalSeconds?: number;
    /** Seconds until a check counts as failed. @default 5 */
    timeoutSeconds?: number;
    /** Failed checks in a row that make the container unhealthy. @default 3 */
    retries?: number;
    /** Seconds after the start in which failures don't count. @default 15 */
    startPeriodSeconds?: number;
  };
  /** Image of the Agent. */
  image?: {
    /** Repository of the image; GovCloud and China have no ECR Public of their own, mirror it there. @default "public.ecr.aws/datadog/agent" */
    repository?: string;
    /** Tag of the image. @default "latest" */
    tag?: string;
    /** Flavor of the image, a suffix of its tag: with Java for JMX checks, with everything, with FIPS cryptography. */
    flavor?: "jmx" | "full" | "fips" | "fips-jmx";
    /** Digest of the image; it takes the place of the tag. */
    digest?: string;
  };
  /** CPU units of the Agent's container, 1,024 are one core; by default 100, on Windows 512. */
  cpu?: number;
  /** Hard memory limit of the Agent's container; by default 512. */
  memoryMiB?: number;
  /** Family of the task definition. @default "datadog-agent-task" */
  family?: string;
  /** Name of the service, unique in its cluster. @default "datadog-agent" */
  serviceName?: string;
  /** Percentage of Agents that keep running in a deployment; above 0 a cluster of one instance can't deploy, since the old Agent holds the host's ports. @default 0 */
  minimumHealthyPercent?: number;
  /** Which instances get an Agent, beside the operating system's constraint that is always there. @default [] */
  placementConstraints?: {
    /** ECS's type of the constraint. */
    type: "memberOf" | "distinctInstance";
    /** For memberOf: a query of ECS's cluster query language. */
    expression?: string;
  }[];
  /** Allow `aws ecs execute-command` into the Agent's container. @default false */
  enableExecuteCommand?: boolean;
  /** Let `deploy` wait until every Agent runs. @default false */
  waitForSteadyState?: boolean;
  /** AWS tags of the resources. @default {} */
  resourceTags?: Record<string, string>;
  /** Let ECS tag its tasks with the cluster and the service. @default false */
  enableEcsManagedTags?: boolean;
  /** Where the AWS tags of the tasks come from; to turn it off again say NONE, since ECS keeps what is left out. */
  propagateTags?: "SERVICE" | "TASK_DEFINITION" | "NONE";
  /** Role of the Agent; created if not given. */
  taskRoleArn?: string;
  /** Role with which ECS reads the API key; created if not given. */
  executionRoleArn?: string;
  /** Attach what the Agent needs to the roles that are given, too. @default false */
  attachPolicies?: boolean;
  /** The roles that are created. */
  createdRoles?: {
    /** What the names of the roles begin with, by default datadog-agent-. */
    namePrefix?: string;
    /** Name of the task role, in place of a prefix; it is unique in the account. */
    taskRoleName?: string;
    /** Name of the execution role, in place of a prefix. */
    executionRoleName?: string;
    /** Path of the roles, by default /. */
    path?: string;
    /** ARN of the policy that bounds what the roles may ever do. */
    permissionsBoundaryArn?: string;
  };
}

/**
 * A cluster of clusters.yaml, checked and with defaults in place of what was left out.
 */
export interface Cluster {
  /** Name of the stack, unique in the file. */
  name: string;
  /** Name or ARN of the ECS cluster; left open it is asked for as `var.cluster`. */
  cluster?: string;
  /** AWS region; left open it is the one of the environment. */
  region?: string;
  /** Where the API key is, one of these; left open its secret is asked for as `var.api_key_secret_arn`. */
  apiKey?: {
    /** Full ARN of a Secrets Manager secret; `:json-key::` at its end picks a key of a JSON secret. */
    secretsManagerArn?: string;
    /** ARN of an SSM parameter. */
    ssmParameterArn?: string;
    /** Create an empty secret, to be filled by the command that the stack puts out. */
    createSecret?: {
      /** Name of the secret. */
      name: string;
      /** ARN of the KMS key that encrypts the secret; by default AWS's own. */
      kmsKeyArn?: string;
    };
    /** For a JSON secret: the key in it that holds the API key. */
    jsonKey?: string;
    /** For a secret that is rotated: the stage to read, by default AWSCURRENT. */
    versionStage?: string;
    /** ARN of the KMS key of one's own that encrypts the secret or the parameter. */
    kmsKeyArn?: string;
    /** For trials: ask for the key as `var.api_key`; it ends up in the state and in the task definition. */
    sensitiveVariable?: true;
  };
  /** The only AWS account that this may be deployed to. */
  accountId?: string;
  /** How Terraform signs in to AWS, and with what it tags. */
  provider?: {
    /** Take a role, from the environment's credentials. */
    assumeRole?: {
      /** Role that deploys. */
      roleArn: string;
      /** External ID that the role asks for. */
      externalId?: string;
      /** Name of the session in CloudTrail. */
      sessionName?: string;
    };
    /** Profile of the AWS CLI. */
    profile?: string;
    /** The only accounts that this may be deployed to. */
    allowedAccountIds?: string[];
    /** AWS tags of everything that the provider makes. */
    defaultTags?: Record<string, string>;
    /** Endpoints of AWS's services other than their own, such as `ecs: https://…`. */
    endpoints?: Record<string, string>;
    /** Use AWS's FIPS endpoints. @default false */
    useFipsEndpoint: boolean;
  };
  /** Where Terraform keeps the state, one of these; by default a file beside the output folder. */
  backend?: {
    /** In an S3 bucket. */
    s3?: {
      /** Bucket of the states. */
      bucket: string;
      /** Key of the state; `{name}` is the stack. @default "datadog-agent/{name}.tfstate" */
      key: string;
      /** Region of the bucket. */
      region: string;
      /** Lock the state by a file beside it; needs Terraform 1.10 or later. @default true */
      useLockfile: boolean;
      /** ARN of the KMS key that encrypts the state. */
      kmsKeyId?: string;
      /** Role that reads and writes the state; needs Terraform 1.6 or later. */
      roleArn?: string;
    };
    /** In HCP Terraform or Terraform Enterprise, by the older block `remote`. */
    remote?: {
      /** Host of Terraform Enterprise; by default HCP Terraform's. */
      hostname?: string;
      /** Organization. */
      organization: string;
      /** Workspace; `{name}` is the stack. @default "datadog-agent-{name}" */
      workspace: string;
    };
    /** In HCP Terraform or Terraform Enterprise, by the block `cloud`. */
    cloud?: {
      /** Host of Terraform Enterprise; by default HCP Terraform's. */
      hostname?: string;
      /** Organization. */
      organization: string;
      /** Project of the workspace. */
      project?: string;
      /** Workspace; `{name}` is the stack, by default `datadog-agent-{name}`. */
      workspace?: string;
      /** In place of `workspace`: tags of the workspaces to choose from. */
      tags?: string[];
    };
    /** In a bucket of Google Cloud Storage. */
    gcs?: {
      /** Bucket of the states. */
      bucket: string;
      /** Folder of the state. @default "datadog-agent/{name}" */
      prefix: string;
    };
    /** In Azure's Blob Storage. */
    azurerm?: {
      /** Resource group of the storage account. */
      resourceGroupName: string;
      /** Storage account. */
      storageAccountName: string;
      /** Container of the states. */
      containerName: string;
      /** Name of the state's blob. @default "datadog-agent/{name}.tfstate" */
      key: string;
    };
    /** Behind an HTTP address. */
    http?: {
      /** Where the state is read and written; `{name}` is the stack. */
      address: string;
      /** Where the state is locked. */
      lockAddress?: string;
      /** Where the state is unlocked. */
      unlockAddress?: string;
      /** HTTP method that locks, by default LOCK. */
      lockMethod?: "LOCK" | "POST" | "PUT";
      /** HTTP method that unlocks. */
      unlockMethod?: "UNLOCK" | "DELETE" | "POST" | "PUT";
    };
    /** In a file. */
    local?: {
      /** File of the state, seen from the stack's folder. */
      path: string;
    };
  };
  /** Name of a stack to share with other clusters; by default a stack for each. One plan is faster than many. */
  stack?: string;
  /** One pair of roles for all clusters of the `stack` that say so: a smaller plan, and fewer of IAM's roles; by default each cluster has its own. */
  shareRoles?: boolean;
  /** Names of the clusters that are deployed before this one: `cdktf deploy '*'` goes in waves. */
  dependsOn?: string[];
  /** Take over a service that runs already; as long as this stands here, Terraform refuses to destroy it. */
  adopt?: {
    /** Long ARN of the service; `cluster` must be the ARN of its cluster, `serviceName` its name. */
    serviceArn: string;
    /** ARN of its task definition, to have that replaced and deregistered, too; left out, the former revisions stay. */
    taskDefinitionArn?: string;
  };
  /** In place of `host` where instances differ: a daemon for each host, without what that host lacks and another has. */
  hosts?: ("linux" | "amazon-linux-1" | "windows")[];
  /** Operating system of the container instances. @default "linux" */
  host: "linux" | "amazon-linux-1" | "windows";
  /** EXTERNAL for ECS Anywhere. @default "EC2" */
  launchType: "EC2" | "EXTERNAL";
  /** Network mode of the task; by default bridge on Linux, host where the FIPS proxy is on, ECS's default on Windows. */
  networkMode?: "bridge" | "host" | "awsvpc";
  /** Subnets of the task; network mode awsvpc only. */
  subnets?: string[];
  /** Security groups of the task; network mode awsvpc only. */
  securityGroups?: string[];
  /** Create a security group of the task that lets these in, on the Agent's ports; network mode awsvpc only. */
  applicationSecurityGroups?: string[];
  /** Datadog site that receives the data. @default "datadoghq.com" */
  site: "datadoghq.com" | "us3.datadoghq.com" | "us5.datadoghq.com" | "datadoghq.eu" | "ap1.datadoghq.com" | "ap2.datadoghq.com" | "uk1.datadoghq.com" | "ddog-gov.com" | "us2.ddog-gov.com";
  /** Tags on everything that the Agent sends (DD_TAGS). @default {} */
  tags: Record<string, string>;
  /** More environment variables of the Agent; they win over all others. @default {} */
  environment: Record<string, string>;
  /** The features: true, false, or options. */
  features: {
    /** Receives traces from applications (APM). @default off */
    apm?: boolean | {
      /** Listen on 8126/tcp of the host. @default true */
      port: boolean;
      /** Listen on the UNIX socket /var/run/datadog/apm.socket of the host (not on Windows). @default false */
      socket: boolean;
    };
    /** Checks hosts and containers against benchmarks (CSPM). @default off */
    cloudSecurityPosture?: boolean | {
      /** Check the host, too. @default true */
      hostBenchmarks: boolean;
    };
    /** Includes and excludes containers. @default off */
    containerFilters?: boolean | {
      /** Containers to look at although `exclude` names them. @default [] */
      include: string[];
      /** Containers to leave alone. @default [] */
      exclude: string[];
      /** The same for metrics. @default [] */
      includeMetrics: string[];
      /** The same for metrics. @default [] */
      excludeMetrics: string[];
      /** The same for logs; `logs.include` is the same list. @default [] */
      includeLogs: string[];
      /** The same for logs; `logs.exclude` is the same list. @default [] */
      excludeLogs: string[];
    };
    /** Receives custom metrics from applications (DogStatsD). @default off */
    dogstatsd?: boolean | {
      /** Listen on 8125/udp of the host. @default true */
      port: boolean;
      /** Listen on the UNIX socket /var/run/datadog/dsd.socket of the host (not on Windows). @default false */
      socket: boolean;
      /** Keep the Agent's own statistics of the metrics that it receives. @default true */
      statistics: boolean;
    };
    /** Puts probes into running Go programs. @default off */
    dynamicInstrumentation?: boolean | Record<string, never>;
    /** Shows ECS tasks and services (ECS Explorer). @default the Agent's own */
    ecsExplorer?: boolean | Record<string, never>;
    /** Runs the Agent with FIPS 140-2 cryptography. @default on with `image.flavor: fips` */
    fipsAgent?: boolean | Record<string, never>;
    /** Sends everything through a FIPS 140-2 proxy beside the Agent. @default on where it works */
    fipsProxy?: boolean | {
      /** The proxy's image. @default "datadog/fips-proxy:1.1.29" */
      image: string;
      /** First of the 16 ports in a row that the proxy listens on. @default 9803 */
      portRangeStart: number;
      /** CPU units of the proxy; 1,024 are one core. @default 10 */
      cpu: number;
      /** Hard memory limit of the proxy in MiB. @default 256 */
      memoryMiB: number;
    };
    /** Monitors NVIDIA GPUs. @default off */
    gpuMonitoring?: boolean | {
      /** See what each process does on a GPU, by the system probe. @default false */
      ebpf: boolean;
    };
    /** Sets how much the Agent logs of itself. @default off */
    logLevel?: boolean | {
      /** The least grave message that is logged. @default "info" */
      level: "trace" | "debug" | "info" | "warn" | "error" | "critical" | "off";
    };
    /** Collects the logs of containers. @default off */
    logs?: boolean | {
      /** Collect from every container; false leaves only those whose labels ask for it. @default true */
      collectAll: boolean;
      /** Containers to collect from although `exclude` names them. @default [] */
      include: string[];
      /** Containers not to collect from. @default [] */
      exclude: string[];
    };
    /** Traces the network paths to destinations. @default off */
    networkPath?: boolean | {
      /** Trace the paths of connections that are seen, too; needs networkPerformanceMonitoring. @default false */
      monitorConnections: boolean;
      /** Number of paths that are traced at the same time. @default 4 */
      workers: number;
    };
    /** Monitors network connections (NPM). @default off */
    networkPerformanceMonitoring?: boolean | Record<string, never>;
    /** Reports what the kernel stops for want of memory. @default off */
    oomKill?: boolean | Record<string, never>;
    /** Receives OpenTelemetry data (OTLP). @default off */
    otlp?: boolean | {
      /** Listen on 4317/tcp of the host, for gRPC. @default true */
      grpc: boolean;
      /** Listen on 4318/tcp of the host, for HTTP. @default true */
      http: boolean;
      /** Receive logs, too; needs the feature `logs`. @default false */
      logs: boolean;
    };
    /** Collects the processes of the host and its containers. @default off */
    processCollection?: boolean | Record<string, never>;
    /** Finds programs for which there are integrations. @default the Agent's own */
    processDiscovery?: boolean | Record<string, never>;
    /** Sends everything through an HTTP proxy. @default off */
    proxy?: boolean | {
      /** Proxy for what goes by HTTP. */
      http?: string;
      /** Proxy for what goes by HTTPS, which is nearly everything. */
      https?: string;
      /** Hosts that are asked without a proxy. @default [] */
      noProxy: string[];
    };
    /** Lets Datadog change settings of running Agents. @default the Agent's own */
    remoteConfiguration?: boolean | Record<string, never>;
    /** Adds the AWS tags of ECS resources to what is sent. @default off */
    resourceTagCollection?: boolean | Record<string, never>;
    /** Lists the software in images (SBOM). @default off */
    sbom?: boolean | {
      /** List the host's software, too; the Agent can then read all of its files. @default false */
      host: boolean;
    };
    /** Finds services, instrumented or not. @default the Agent's own */
    serviceDiscovery?: boolean | Record<string, never>;
    /** Sets how many tags metrics have. @default off */
    tagCardinality?: boolean | {
      /** Tags of the metrics of checks. @default "low" */
      checks: "low" | "orchestrator" | "high";
      /** Tags of the metrics that applications send. @default "low" */
      dogstatsd: "low" | "orchestrator" | "high";
    };
    /** Measures the TCP queues of containers. @default off */
    tcpQueueLength?: boolean | Record<string, never>;
    /** Tags everything with its environment (env). @default off */
    unifiedServiceTagging?: false | {
      /** Name of the environment, such as production. */
      env: string;
    };
    /** Monitors services without instrumenting them (USM). @default off */
    universalServiceMonitoring?: boolean | {
      /** See encrypted traffic too; the Agent can then read every file of the host. @default true */
      https: boolean;
    };
    /** Detects threats to workloads (CWS). @default off */
    workloadProtection?: boolean | {
      /** Take rules from Datadog as they are released. @default true */
      remoteConfiguration: boolean;
    };
  };
  /** More Linux capabilities of the Agent's container, beside those that features bring; not on Windows. @default [] */
  capabilities: ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Health check of the Agent's container: false, or its numbers. */
  healthCheck: false | {
    /** Seconds between two checks. @default 30 */
    intervalSeconds: number;
    /** Seconds until a check counts as failed. @default 5 */
    timeoutSeconds: number;
    /** Failed checks in a row that make the container unhealthy. @default 3 */
    retries: number;
    /** Seconds after the start in which failures don't count. @default 15 */
    startPeriodSeconds: number;
  };
  /** Image of the Agent. */
  image: {
    /** Repository of the image; GovCloud and China have no ECR Public of their own, mirror it there. @default "public.ecr.aws/datadog/agent" */
    repository: string;
    /** Tag of the image. @default "latest" */
    tag: string;
    /** Flavor of the image, a suffix of its tag: with Java for JMX checks, with everything, with FIPS cryptography. */
    flavor?: "jmx" | "full" | "fips" | "fips-jmx";
    /** Digest of the image; it takes the place of the tag. */
    digest?: string;
  };
  /** CPU units of the Agent's container, 1,024 are one core; by default 100, on Windows 512. */
  cpu?: number;
  /** Hard memory limit of the Agent's container; by default 512. */
  memoryMiB?: number;
  /** Family of the task definition. @default "datadog-agent-task" */
  family: string;
  /** Name of the service, unique in its cluster. @default "datadog-agent" */
  serviceName: string;
  /** Percentage of Agents that keep running in a deployment; above 0 a cluster of one instance can't deploy, since the old Agent holds the host's ports. @default 0 */
  minimumHealthyPercent: number;
  /** Which instances get an Agent, beside the operating system's constraint that is always there. @default [] */
  placementConstraints: {
    /** ECS's type of the constraint. */
    type: "memberOf" | "distinctInstance";
    /** For memberOf: a query of ECS's cluster query language. */
    expression?: string;
  }[];
  /** Allow `aws ecs execute-command` into the Agent's container. @default false */
  enableExecuteCommand: boolean;
  /** Let `deploy` wait until every Agent runs. @default false */
  waitForSteadyState: boolean;
  /** AWS tags of the resources. @default {} */
  resourceTags: Record<string, string>;
  /** Let ECS tag its tasks with the cluster and the service. @default false */
  enableEcsManagedTags: boolean;
  /** Where the AWS tags of the tasks come from; to turn it off again say NONE, since ECS keeps what is left out. */
  propagateTags?: "SERVICE" | "TASK_DEFINITION" | "NONE";
  /** Role of the Agent; created if not given. */
  taskRoleArn?: string;
  /** Role with which ECS reads the API key; created if not given. */
  executionRoleArn?: string;
  /** Attach what the Agent needs to the roles that are given, too. @default false */
  attachPolicies: boolean;
  /** The roles that are created. */
  createdRoles: {
    /** What the names of the roles begin with, by default datadog-agent-. */
    namePrefix?: string;
    /** Name of the task role, in place of a prefix; it is unique in the account. */
    taskRoleName?: string;
    /** Name of the execution role, in place of a prefix. */
    executionRoleName?: string;
    /** Path of the roles, by default /. */
    path?: string;
    /** ARN of the policy that bounds what the roles may ever do. */
    permissionsBoundaryArn?: string;
  };
}

/**
 * An entry of `modules` of clusters.yaml, checked and with defaults in place of what was left out.
 */
export interface Module {
  /** Name of the module, and of its folder; unique in the file. */
  name: string;
  /** Operating system of the container instances. @default "linux" */
  host: "linux" | "amazon-linux-1" | "windows";
  /** EXTERNAL for ECS Anywhere. @default "EC2" */
  launchType: "EC2" | "EXTERNAL";
  /** Network mode of the task; by default bridge on Linux, host where the FIPS proxy is on, ECS's default on Windows. */
  networkMode?: "bridge" | "host" | "awsvpc";
  /** Datadog site that receives the data. @default "datadoghq.com" */
  site: "datadoghq.com" | "us3.datadoghq.com" | "us5.datadoghq.com" | "datadoghq.eu" | "ap1.datadoghq.com" | "ap2.datadoghq.com" | "uk1.datadoghq.com" | "ddog-gov.com" | "us2.ddog-gov.com";
  /** Tags on everything that the Agent sends (DD_TAGS). @default {} */
  tags: Record<string, string>;
  /** More environment variables of the Agent; they win over all others. @default {} */
  environment: Record<string, string>;
  /** The features: true, false, or options. */
  features: {
    /** Receives traces from applications (APM). @default off */
    apm?: boolean | {
      /** Listen on 8126/tcp of the host. @default true */
      port: boolean;
      /** Listen on the UNIX socket /var/run/datadog/apm.socket of the host (not on Windows). @default false */
      socket: boolean;
    };
    /** Checks hosts and containers against benchmarks (CSPM). @default off */
    cloudSecurityPosture?: boolean | {
      /** Check the host, too. @default true */
      hostBenchmarks: boolean;
    };
    /** Includes and excludes containers. @default off */
    containerFilters?: boolean | {
      /** Containers to look at although `exclude` names them. @default [] */
      include: string[];
      /** Containers to leave alone. @default [] */
      exclude: string[];
      /** The same for metrics. @default [] */
      includeMetrics: string[];
      /** The same for metrics. @default [] */
      excludeMetrics: string[];
      /** The same for logs; `logs.include` is the same list. @default [] */
      includeLogs: string[];
      /** The same for logs; `logs.exclude` is the same list. @default [] */
      excludeLogs: string[];
    };
    /** Receives custom metrics from applications (DogStatsD). @default off */
    dogstatsd?: boolean | {
      /** Listen on 8125/udp of the host. @default true */
      port: boolean;
      /** Listen on the UNIX socket /var/run/datadog/dsd.socket of the host (not on Windows). @default false */
      socket: boolean;
      /** Keep the Agent's own statistics of the metrics that it receives. @default true */
      statistics: boolean;
    };
    /** Puts probes into running Go programs. @default off */
    dynamicInstrumentation?: boolean | Record<string, never>;
    /** Shows ECS tasks and services (ECS Explorer). @default the Agent's own */
    ecsExplorer?: boolean | Record<string, never>;
    /** Runs the Agent with FIPS 140-2 cryptography. @default on with `image.flavor: fips` */
    fipsAgent?: boolean | Record<string, never>;
    /** Sends everything through a FIPS 140-2 proxy beside the Agent. @default on where it works */
    fipsProxy?: boolean | {
      /** The proxy's image. @default "datadog/fips-proxy:1.1.29" */
      image: string;
      /** First of the 16 ports in a row that the proxy listens on. @default 9803 */
      portRangeStart: number;
      /** CPU units of the proxy; 1,024 are one core. @default 10 */
      cpu: number;
      /** Hard memory limit of the proxy in MiB. @default 256 */
      memoryMiB: number;
    };
    /** Monitors NVIDIA GPUs. @default off */
    gpuMonitoring?: boolean | {
      /** See what each process does on a GPU, by the system probe. @default false */
      ebpf: boolean;
    };
    /** Sets how much the Agent logs of itself. @default off */
    logLevel?: boolean | {
      /** The least grave message that is logged. @default "info" */
      level: "trace" | "debug" | "info" | "warn" | "error" | "critical" | "off";
    };
    /** Collects the logs of containers. @default off */
    logs?: boolean | {
      /** Collect from every container; false leaves only those whose labels ask for it. @default true */
      collectAll: boolean;
      /** Containers to collect from although `exclude` names them. @default [] */
      include: string[];
      /** Containers not to collect from. @default [] */
      exclude: string[];
    };
    /** Traces the network paths to destinations. @default off */
    networkPath?: boolean | {
      /** Trace the paths of connections that are seen, too; needs networkPerformanceMonitoring. @default false */
      monitorConnections: boolean;
      /** Number of paths that are traced at the same time. @default 4 */
      workers: number;
    };
    /** Monitors network connections (NPM). @default off */
    networkPerformanceMonitoring?: boolean | Record<string, never>;
    /** Reports what the kernel stops for want of memory. @default off */
    oomKill?: boolean | Record<string, never>;
    /** Receives OpenTelemetry data (OTLP). @default off */
    otlp?: boolean | {
      /** Listen on 4317/tcp of the host, for gRPC. @default true */
      grpc: boolean;
      /** Listen on 4318/tcp of the host, for HTTP. @default true */
      http: boolean;
      /** Receive logs, too; needs the feature `logs`. @default false */
      logs: boolean;
    };
    /** Collects the processes of the host and its containers. @default off */
    processCollection?: boolean | Record<string, never>;
    /** Finds programs for which there are integrations. @default the Agent's own */
    processDiscovery?: boolean | Record<string, never>;
    /** Sends everything through an HTTP proxy. @default off */
    proxy?: boolean | {
      /** Proxy for what goes by HTTP. */
      http?: string;
      /** Proxy for what goes by HTTPS, which is nearly everything. */
      https?: string;
      /** Hosts that are asked without a proxy. @default [] */
      noProxy: string[];
    };
    /** Lets Datadog change settings of running Agents. @default the Agent's own */
    remoteConfiguration?: boolean | Record<string, never>;
    /** Adds the AWS tags of ECS resources to what is sent. @default off */
    resourceTagCollection?: boolean | Record<string, never>;
    /** Lists the software in images (SBOM). @default off */
    sbom?: boolean | {
      /** List the host's software, too; the Agent can then read all of its files. @default false */
      host: boolean;
    };
    /** Finds services, instrumented or not. @default the Agent's own */
    serviceDiscovery?: boolean | Record<string, never>;
    /** Sets how many tags metrics have. @default off */
    tagCardinality?: boolean | {
      /** Tags of the metrics of checks. @default "low" */
      checks: "low" | "orchestrator" | "high";
      /** Tags of the metrics that applications send. @default "low" */
      dogstatsd: "low" | "orchestrator" | "high";
    };
    /** Measures the TCP queues of containers. @default off */
    tcpQueueLength?: boolean | Record<string, never>;
    /** Tags everything with its environment (env). @default off */
    unifiedServiceTagging?: false | {
      /** Name of the environment, such as production. */
      env: string;
    };
    /** Monitors services without instrumenting them (USM). @default off */
    universalServiceMonitoring?: boolean | {
      /** See encrypted traffic too; the Agent can then read every file of the host. @default true */
      https: boolean;
    };
    /** Detects threats to workloads (CWS). @default off */
    workloadProtection?: boolean | {
      /** Take rules from Datadog as they are released. @default true */
      remoteConfiguration: boolean;
    };
  };
  /** More Linux capabilities of the Agent's container, beside those that features bring; not on Windows. @default [] */
  capabilities: ("ALL" | "AUDIT_CONTROL" | "AUDIT_WRITE" | "BLOCK_SUSPEND" | "CHOWN" | "DAC_OVERRIDE" | "DAC_READ_SEARCH" | "FOWNER" | "FSETID" | "IPC_LOCK" | "IPC_OWNER" | "KILL" | "LEASE" | "LINUX_IMMUTABLE" | "MAC_ADMIN" | "MAC_OVERRIDE" | "MKNOD" | "NET_ADMIN" | "NET_BIND_SERVICE" | "NET_BROADCAST" | "NET_RAW" | "SETFCAP" | "SETGID" | "SETPCAP" | "SETUID" | "SYS_ADMIN" | "SYS_BOOT" | "SYS_CHROOT" | "SYS_MODULE" | "SYS_NICE" | "SYS_PACCT" | "SYS_PTRACE" | "SYS_RAWIO" | "SYS_RESOURCE" | "SYS_TIME" | "SYS_TTY_CONFIG" | "SYSLOG" | "WAKE_ALARM")[];
  /** Health check of the Agent's container: false, or its numbers. */
  healthCheck: false | {
    /** Seconds between two checks. @default 30 */
    intervalSeconds: number;
    /** Seconds until a check counts as failed. @default 5 */
    timeoutSeconds: number;
    /** Failed checks in a row that make the container unhealthy. @default 3 */
    retries: number;
    /** Seconds after the start in which failures don't count. @default 15 */
    startPeriodSeconds: number;
  };
  /** Image of the Agent. */
  image: {
    /** Repository of the image; GovCloud and China have no ECR Public of their own, mirror it there. @default "public.ecr.aws/datadog/agent" */
    repository: string;
    /** Tag of the image. @default "latest" */
    tag: string;
    /** Flavor of the image, a suffix of its tag: with Java for JMX checks, with everything, with FIPS cryptography. */
    flavor?: "jmx" | "full" | "fips" | "fips-jmx";
    /** Digest of the image; it takes the place of the tag. */
    digest?: string;
  };
  /** CPU units of the Agent's container, 1,024 are one core; by default 100, on Windows 512. */
  cpu?: number;
  /** Hard memory limit of the Agent's container; by default 512. */
  memoryMiB?: number;
  /** Family of the task definition. @default "datadog-agent-task" */
  family: string;
  /** Name of the service, unique in its cluster. @default "datadog-agent" */
  serviceName: string;
  /** Percentage of Agents that keep running in a deployment; above 0 a cluster of one instance can't deploy, since the old Agent holds the host's ports. @default 0 */
  minimumHealthyPercent: number;
  /** Which instances get an Agent, beside the operating system's constraint that is always there. @default [] */
  placementConstraints: {
    /** ECS's type of the constraint. */
    type: "memberOf" | "distinctInstance";
    /** For memberOf: a query of ECS's cluster query language. */
    expression?: string;
  }[];
  /** Allow `aws ecs execute-command` into the Agent's container. @default false */
  enableExecuteCommand: boolean;
  /** Let `deploy` wait until every Agent runs. @default false */
  waitForSteadyState: boolean;
  /** AWS tags of the resources. @default {} */
  resourceTags: Record<string, string>;
  /** Let ECS tag its tasks with the cluster and the service. @default false */
  enableEcsManagedTags: boolean;
  /** Where the AWS tags of the tasks come from; to turn it off again say NONE, since ECS keeps what is left out. */
  propagateTags?: "SERVICE" | "TASK_DEFINITION" | "NONE";
}
