import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalog } from "../../lib/catalog";
import { apiKeySource } from "../../lib/configuration/api-key";
import { check } from "../../lib/configuration/check";
import type { Daemon } from "../../lib/configuration/types";
import { agentTask } from "../../lib/core/agent-task";
import { CLUSTER, ROLES, SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { writeModule } from "./support/modules";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/0";
const PARAMETER = "arn:aws:ssm:eu-west-1:123456789012:parameter/key";
const GIVEN = { task_role: { arn: ROLES.taskRoleArn }, execution_role: { arn: ROLES.executionRoleArn } };
const SUBNETS = ["subnet-0123456789abcdef0"];

interface Refusal {
  /** The variables of the module call. */
  readonly variables: object;
  /** The same in a configuration. Omitted if a configuration can't express it. */
  readonly props?: object;
  readonly message: string;
  readonly host?: string;
  readonly site?: string;
  /** The features in the module's entry. */
  readonly features?: object;
}

const INIT = { name: "init", image: "busybox", memory: 64 };

/** Containers as variables and in a configuration, with the field names of the ECS API in both. */
function both({ container = {}, sidecars = [] }: { container?: object; sidecars?: readonly object[] }) {
  return {
    variables: { container_definition: container, sidecars },
    props: { containerDefinition: container, sidecars },
  };
}

/** A call with every kind of reference between containers, and limits that are just enough. */
const ACCEPTED = {
  memory_mib: 1024,
  memory_reservation_mib: 960,
  cpu: 200,
  task_definition: { memory: "1 GB", cpu: ".25 vCPU" },
  log_configuration: { log_driver: "awsfirelens" },
  environment: { A: "a" },
  secrets: { B: "/prod/b" },
  container_definition: {
    dependsOn: [
      { containerName: "init", condition: "SUCCESS" },
      { containerName: "log-router", condition: "START" },
    ],
    links: ["log-router:router"],
    volumesFrom: [{ sourceContainer: "init" }],
  },
  sidecars: [
    { name: "init", image: "busybox", cpu: 56, memoryReservation: 64, essential: false },
    { name: "log-router", image: "fluent-bit", memory: 1024, firelensConfiguration: { type: "fluentbit" } },
  ],
};

/** Calls that the module refuses, and their error messages. */
const REFUSALS: Record<string, Refusal> = {
  "no-cluster": {
    variables: { cluster: null },
    message: "cluster is required, got none. Set cluster, or set create_service to false.",
  },
  "cluster-form": {
    variables: { cluster: "a b" },
    props: { cluster: "a b" },
    message: "cluster must be the name or the ARN of an ECS cluster.",
  },
  "no-key": {
    variables: { api_key: {} },
    props: { apiKey: {} },
    message: "api_key must have exactly one of `secrets_manager_arn`, `ssm_parameter` and `create_secret`.",
  },
  "two-keys": {
    variables: { api_key: { secrets_manager_arn: SECRET, ssm_parameter_arn: PARAMETER } },
    props: { apiKey: { secretsManagerArn: SECRET, ssmParameterArn: PARAMETER } },
    message: "api_key must have exactly one of `secrets_manager_arn`, `ssm_parameter` and `create_secret`.",
  },
  "secret-name": {
    variables: { api_key: { secrets_manager_arn: "datadog" } },
    props: { apiKey: { secretsManagerArn: "datadog" } },
    message: "api_key.secrets_manager_arn must be the full ARN of a Secrets Manager secret",
  },
  "created-secret-name": {
    variables: { api_key: { create_secret: { name: "a b" } } },
    props: { apiKey: { createSecret: { name: "a b" } } },
    message: "api_key.create_secret.name must be a secret name",
  },
  "json-key-of-parameter": {
    variables: { api_key: { ssm_parameter_arn: PARAMETER, json_key: "key" } },
    props: { apiKey: { ssmParameterArn: PARAMETER, jsonKey: "key" } },
    message: "api_key.json_key needs `secrets_manager_arn` or `create_secret`.",
  },
  "stage-of-parameter": {
    variables: { api_key: { ssm_parameter_arn: PARAMETER, version_stage: "AWSCURRENT" } },
    props: { apiKey: { ssmParameterArn: PARAMETER, versionStage: "AWSCURRENT" } },
    message: "api_key.version_stage needs `secrets_manager_arn` or `create_secret`.",
  },
  "kms-key-of-created-secret": {
    variables: { api_key: { create_secret: { name: "a" }, kms_key_arn: KMS_KEY } },
    props: { apiKey: { createSecret: { name: "a" }, kmsKeyArn: KMS_KEY } },
    message: "api_key.kms_key_arn needs `secrets_manager_arn` or `ssm_parameter`.",
  },
  "kms-key-in-other-region": {
    variables: { api_key: { secrets_manager_arn: SECRET, kms_key_arn: KMS_KEY } },
    props: { apiKey: { secretsManagerArn: SECRET, kmsKeyArn: KMS_KEY } },
    message: "api_key.kms_key_arn must be in the same region as `secrets_manager_arn`.",
  },
  "json-key-twice": {
    variables: { api_key: { secrets_manager_arn: `${SECRET}:key::`, json_key: "key" } },
    props: { apiKey: { secretsManagerArn: `${SECRET}:key::`, jsonKey: "key" } },
    message: "api_key.secrets_manager_arn must end with the secret's name when `json_key` or `version_stage` is set.",
  },
  "feature-on-windows": {
    host: "windows",
    variables: { features: { network_performance_monitoring: true } },
    props: { host: "windows", features: { networkPerformanceMonitoring: true } },
    message:
      "features.network_performance_monitoring must be off on the host windows: it needs a host that lets containers trace the Linux kernel.",
  },
  "mode-on-windows": {
    host: "windows",
    variables: { network_mode: "bridge" },
    props: { host: "windows", networkMode: "bridge" },
    message: 'network_mode must be awsvpc on the host windows, got "bridge".',
  },
  "feature-on-external": {
    variables: { launch_type: "EXTERNAL", features: { network_performance_monitoring: true } },
    props: { launchType: "EXTERNAL", features: { networkPerformanceMonitoring: true } },
    message:
      'features.network_performance_monitoring needs `launch_type` EC2, got "EXTERNAL": Datadog supports the system probe on EC2 instances only.',
  },
  "proxy-on-other-site": {
    variables: { features: { fips_proxy: true } },
    props: { features: { fipsProxy: true } },
    message: 'features.fips_proxy needs `site` ddog-gov.com or us2.ddog-gov.com, got "datadoghq.com"',
  },
  "proxy-by-default-in-bridge": {
    variables: { site: "ddog-gov.com", network_mode: "bridge" },
    props: { site: "ddog-gov.com", networkMode: "bridge" },
    message: 'features.fips_proxy needs `network_mode` host or awsvpc, got "bridge"',
  },
  "agent-too-old": {
    variables: { features: { sbom: true }, image: { tag: "7.45.1" } },
    props: { features: { sbom: true }, image: { tag: "7.45.1" } },
    message: "features.sbom needs Agent 7.46 or later, got `image.tag`",
  },
  "option-too-new": {
    variables: { features: { otlp: { logs: true }, logs: true }, image: { tag: "7.47.0" } },
    props: { features: { otlp: { logs: true }, logs: true }, image: { tag: "7.47.0" } },
    message: 'features.otlp.logs needs Agent 7.48 or later, got `image.tag` "7.47.0".',
  },
  "option-without-feature": {
    features: { otlp: { logs: true }, logs: true },
    variables: { features: { logs: false } },
    props: { features: { otlp: { logs: true } } },
    message: "features.otlp.logs needs `features.logs`, which is off.",
  },
  "options-missing": {
    variables: { features: { unified_service_tagging: true } },
    props: { features: { unifiedServiceTagging: true } },
    message: "features.unified_service_tagging must have `env`, got none",
  },
  "useless-options": {
    variables: { features: { proxy: { no_proxy: ["a"] } } },
    props: { features: { proxy: { noProxy: ["a"] } } },
    message: "features.proxy needs `http`, `https` or both, got neither.",
  },
  "no-receiver": {
    variables: { features: { apm: { port: false } } },
    props: { features: { apm: { port: false } } },
    message: "features.apm needs `port`, `socket` or both, got neither.",
  },
  "unknown-feature": {
    variables: { features: { npm: true, processCollection: true, apn: true, nothing_like_it: true } },
    message:
      "Unknown feature apn (did you mean apm?), nothing_like_it, npm (did you mean network_performance_monitoring?), processCollection (did you mean process_collection?). Known features are apm, cloud_security_posture,",
  },
  "unknown-option": {
    variables: { features: { apm: { sockets: true }, oom_kill: { a: 1 } } },
    message:
      "Unknown option features.apm.sockets. Its options are port, socket. features.oom_kill has no options, got a.",
  },
  "feature-of-wrong-type": {
    variables: { features: { logs: "true" } },
    props: { features: { logs: "true" } },
    message: "Each feature must be true, false or a map of options. Change features.logs.",
  },
  "features-of-wrong-type": {
    variables: { features: ["apm"] },
    props: { features: ["apm"] },
    message: "features must be a map of features",
  },
  "option-of-wrong-type": {
    variables: { features: { apm: { socket: "true", port: 1 } } },
    message: "features.apm.port and features.apm.socket must be true or false.",
  },
  "option-range": {
    variables: { features: { network_path: { workers: 0 } } },
    props: { features: { networkPath: { workers: 0 } } },
    message: "features.network_path.workers must be a whole number from 1 to 1000.",
  },
  "option-type": {
    variables: { features: { network_path: { workers: "4" } } },
    props: { features: { networkPath: { workers: "4" } } },
    message: "features.network_path.workers must be a whole number from 1 to 1000.",
  },
  "option-list": {
    variables: { features: { logs: { exclude: "image:^x" } } },
    props: { features: { logs: { exclude: "image:^x" } } },
    message: "features.logs.exclude must be a list.",
  },
  "option-items": {
    variables: { features: { logs: { exclude: ["x"] } } },
    props: { features: { logs: { exclude: ["x"] } } },
    message: "features.logs.exclude[*] must be a pattern `name:<regular expression>` or `image:<regular expression>`",
  },
  conflict: {
    variables: { features: { logs: { exclude: ["image:a"] }, container_filters: { exclude_logs: ["image:b"] } } },
    message: "Features and variables set different values for the variable DD_CONTAINER_EXCLUDE_LOGS.",
  },
  "port-twice": {
    variables: { site: "ddog-gov.com", features: { apm: true, fips_proxy: { port_range_start: 8120 } } },
    message: "Each host port can be used only once, got 8126/tcp, 8120/tcp,",
  },
  "reserved-port": {
    variables: { site: "ddog-gov.com", features: { fips_proxy: { port_range_start: 2370 } } },
    message: "The host ports 22, 2375, 2376, 51678, 51679, 51680 are reserved on container instances.",
  },
  "socket-on-windows": {
    host: "windows",
    variables: { features: { apm: { socket: true } } },
    props: { host: "windows", features: { apm: { socket: true } } },
    message:
      "features.apm.socket must be off on the host windows: it needs a host that shares UNIX sockets between containers.",
  },
  "flavor-on-windows": {
    host: "windows",
    variables: { image: { flavor: "fips" }, site: "ddog-gov.com" },
    props: { host: "windows", image: { flavor: "fips" }, site: "ddog-gov.com" },
    message: "features.fips_agent must be off on the host windows: it needs a host that runs Linux containers.",
  },
  "two-proxies": {
    site: "ddog-gov.com",
    features: { fipsProxy: false },
    variables: { features: { fips_proxy: true, proxy: { https: "http://proxy:3128" } } },
    props: { site: "ddog-gov.com", features: { proxy: { https: "http://proxy:3128" } } },
    message:
      "features.proxy can't be combined with `features.fips_proxy`: with a FIPS proxy, the Agent ignores any other proxy.",
  },
  "fips-twice": {
    variables: { site: "ddog-gov.com", features: { fips_proxy: true, fips_agent: true } },
    props: { site: "ddog-gov.com", features: { fipsProxy: true, fipsAgent: true } },
    message: "features.fips_agent can't be combined with `features.fips_proxy`",
  },
  "fips-flavor-on-other-site": {
    variables: { image: { flavor: "fips" } },
    props: { image: { flavor: "fips" } },
    message: 'features.fips_agent needs `site` ddog-gov.com or us2.ddog-gov.com, got "datadoghq.com"',
  },
  "fips-and-full": {
    variables: { site: "ddog-gov.com", features: { fips_agent: true }, image: { flavor: "full", tag: "7.77.0" } },
    props: { site: "ddog-gov.com", features: { fipsAgent: true }, image: { flavor: "full", tag: "7.77.0" } },
    message: "features.fips_agent needs Agent 7.78 or later with `image.flavor` full",
  },
  "fips-and-flavored-tag": {
    variables: { site: "ddog-gov.com", features: { fips_agent: true }, image: { tag: "7-fips" } },
    props: { site: "ddog-gov.com", features: { fipsAgent: true }, image: { tag: "7-fips" } },
    message: 'image.tag must not include a flavor, because `features.fips_agent` adds one, got "7-fips".',
  },
  "flavor-twice": {
    variables: { image: { flavor: "jmx", tag: "7-jmx" } },
    props: { image: { flavor: "jmx", tag: "7-jmx" } },
    message: 'image.tag must be a version without a flavor, since `image.flavor` adds one, got "7-jmx".',
  },
  "flavor-of-digest": {
    variables: { image: { flavor: "jmx", digest: `sha256:${"a".repeat(64)}` } },
    props: { image: { flavor: "jmx", digest: `sha256:${"a".repeat(64)}` } },
    message: "image.flavor can't be combined with `image.digest`",
  },
  "unknown-site": {
    variables: { site: "datadoghq.org" },
    props: { site: "datadoghq.org" },
    message: "site must be datadoghq.com, us3.",
  },
  "tag-key": {
    variables: { tags: { "1": "a" } },
    props: { tags: { "1": "a" } },
    message: "Every key of tags must be a tag key",
  },
  "tag-value": {
    variables: { tags: { a: "a b" } },
    props: { tags: { a: "a b" } },
    message: "Every value of tags must be a tag value",
  },
  "variable-name": {
    variables: { environment: { "A-B": "a" } },
    props: { environment: { "A-B": "a" } },
    message: "Every key of environment must be a variable name",
  },
  "empty-variable": {
    variables: { environment: { A: "" } },
    props: { environment: { A: "" } },
    message: "Every value of environment must be text that isn't empty",
  },
  "key-as-variable": {
    variables: { environment: { DD_API_KEY: "a" } },
    props: { environment: { DD_API_KEY: "a" } },
    message: "environment.DD_API_KEY can't be set here",
  },
  hostname: {
    variables: { environment: { DD_HOSTNAME: "a" } },
    props: { environment: { DD_HOSTNAME: "a" } },
    message: "environment.DD_HOSTNAME can't be set",
  },
  fargate: {
    variables: { launch_type: "FARGATE" },
    props: { launchType: "FARGATE" },
    message: 'launch_type must be EC2 or EXTERNAL, got "FARGATE".',
  },
  "awsvpc-on-external": {
    variables: { launch_type: "EXTERNAL", network_mode: "awsvpc", subnets: SUBNETS },
    props: { launchType: "EXTERNAL", networkMode: "awsvpc", subnets: SUBNETS },
    message: "network_mode can't be awsvpc with `launch_type` EXTERNAL",
  },
  "awsvpc-without-subnets": {
    variables: { network_mode: "awsvpc" },
    props: { networkMode: "awsvpc" },
    message: "network_mode needs `subnets` when it is awsvpc.",
  },
  "subnets-in-bridge": {
    variables: { subnets: SUBNETS },
    props: { subnets: SUBNETS },
    message: "subnets needs `network_mode` awsvpc, got none",
  },
  "groups-in-bridge": {
    variables: { security_groups: ["sg-01234567"] },
    props: { securityGroups: ["sg-01234567"] },
    message: "security_groups needs `network_mode` awsvpc, got none",
  },
  "group-form": {
    variables: { security_groups: ["web"] },
    props: { securityGroups: ["web"] },
    message: "security_groups[*] must be a security group ID.",
  },
  "unknown-capability": {
    variables: { capabilities: ["BPF"] },
    props: { capabilities: ["BPF"] },
    message: "capabilities[*] must be ALL, AUDIT_CONTROL,",
  },
  "health-check": {
    variables: { health_check: { retries: 11 } },
    props: { healthCheck: { retries: 11 } },
    message: "health_check.retries must be a whole number from 1 to 10.",
  },
  "image-tag": {
    variables: { image: { tag: "a b" } },
    props: { image: { tag: "a b" } },
    message: "image.tag must be an image tag",
  },
  "cpu-fraction": {
    variables: { cpu: 0.5 },
    props: { cpu: 0.5 },
    message: "cpu must be a whole number from 0 to 196608, got 0.5.",
  },
  memory: {
    variables: { memory_mib: 5 },
    props: { memoryMiB: 5 },
    message: "memory_mib must be a whole number from 6 to 25165824, got 5.",
  },
  family: {
    variables: { family: "a b" },
    props: { family: "a b" },
    message: "family must be a task definition family",
  },
  "healthy-percent": {
    variables: { minimum_healthy_percent: 100 },
    props: { minimumHealthyPercent: 100 },
    message: "minimum_healthy_percent must be a whole number from 0 to 99, got 100.",
  },
  "many-constraints": {
    variables: { placement_constraints: Array(10).fill({ type: "distinctInstance" }) },
    props: { placementConstraints: Array(10).fill({ type: "distinctInstance" }) },
    message: "placement_constraints must have at most 9 items.",
  },
  "constraint-type": {
    variables: { placement_constraints: [{ type: "spread" }] },
    props: { placementConstraints: [{ type: "spread" }] },
    message: "placement_constraints[*].type must be memberOf or distinctInstance.",
  },
  "constraint-query": {
    variables: { placement_constraints: [{ type: "memberOf" }] },
    props: { placementConstraints: [{ type: "memberOf" }] },
    message: "placement_constraints must have an `expression` if its type is memberOf",
  },
  "aws-tag": {
    variables: { resource_tags: { "aws:a": "b" } },
    props: { resourceTags: { "aws:a": "b" } },
    message: "Every key of resource_tags must be an AWS tag key",
  },
  "role-form": {
    variables: { task_role: { arn: "agent" } },
    props: { taskRoleArn: "agent" },
    message: "task_role.arn must be the ARN of an IAM role.",
  },
  "created-roles": {
    variables: { ...GIVEN, created_roles: { path: "/a/" } },
    props: { ...ROLES, createdRoles: { path: "/a/" } },
    message: "created_roles can't be combined with both `task_role` and `execution_role`: no role is created.",
  },
  "created-role-name": {
    variables: { task_role: GIVEN.task_role, created_roles: { task_role_name: "a" } },
    props: { taskRoleArn: ROLES.taskRoleArn, createdRoles: { taskRoleName: "a" } },
    message: "created_roles.task_role_name can't be combined with `task_role`: that role is not created.",
  },
  partitions: {
    variables: { task_role: { arn: "arn:aws-cn:iam::123456789012:role/a" } },
    props: { taskRoleArn: "arn:aws-cn:iam::123456789012:role/a" },
    message: "All ARNs must be in one AWS partition, got aws and aws-cn.",
  },
  "environment-decided": {
    variables: { environment: { DD_SITE: "a" } },
    props: { environment: { DD_SITE: "a" } },
    message: "environment.DD_SITE can't be set here: `site` controls it. Set that key, or move the variable",
  },
  "environment-decided-by-an-option": {
    variables: { environment: { A: "a", DD_APM_RECEIVER_PORT: "8127" } },
    props: { environment: { A: "a", DD_APM_RECEIVER_PORT: "8127" } },
    message: "environment.DD_APM_RECEIVER_PORT can't be set here: `features.apm.port` controls it.",
  },
  "overrides-api-key": {
    variables: { environment_overrides: { DD_API_KEY: "a" } },
    props: { environmentOverrides: { DD_API_KEY: "a" } },
    message: "environment_overrides.DD_API_KEY can't be set here",
  },
  through: {
    variables: { features: { otlp: true, apm: false } },
    props: { features: { otlp: true, apm: false } },
    message: "features.otlp can't be combined with `features.apm` false",
  },
  "broken-release": {
    variables: { features: { gpu_monitoring: true }, image: { tag: "7.82.0" } },
    props: { features: { gpuMonitoring: true }, image: { tag: "7.82.0" } },
    message: "features.gpu_monitoring can't be combined with `image.tag`",
  },
  "checks-list": {
    variables: { checks: ["a"] },
    message: "checks must be a map.",
  },
  "checks-name": {
    variables: { checks: { "a-b": { instances: [{}] } } },
    props: { checks: { "a-b": { instances: [{}] } } },
    message: "Every key of checks must be an integration name",
  },
  "checks-instances": {
    variables: { checks: { a: { instances: [] }, b: { instances: [{ c: [1, "d"] }] } } },
    props: { checks: { a: { instances: [] }, b: { instances: [{ c: [1, "d"] }] } } },
    message: "checks[*].instances must not be empty.",
  },
  "checks-unknown": {
    variables: { checks: { a: { instances: [{}], instance: 1 } } },
    props: { checks: { a: { instances: [{}], instance: 1 } } },
    message: "checks[*] has an unknown key. The known keys are init_config and instances.",
  },
  "checks-network-path": {
    variables: { checks: { network_path: { instances: [{ hostname: "a" }] } } },
    props: { checks: { network_path: { instances: [{ hostname: "a" }] } } },
    message: "checks.network_path needs `features.network_path`",
  },
  "processing-rule": {
    variables: { features: { logs: { processing_rules: [{ type: "exclude", name: "a", pattern: "b" }] } } },
    props: { features: { logs: { processingRules: [{ type: "exclude", name: "a", pattern: "b" }] } } },
    message: "features.logs.processing_rules[*].type must be exclude_at_match, include_at_match or mask_sequences",
  },
  "processing-rule-placeholder": {
    variables: {
      features: {
        logs: { processing_rules: [{ type: "exclude_at_match", name: "a", pattern: "b", replace_placeholder: "c" }] },
      },
    },
    props: {
      features: {
        logs: { processingRules: [{ type: "exclude_at_match", name: "a", pattern: "b", replacePlaceholder: "c" }] },
      },
    },
    message: "features.logs.processing_rules can't have `replace_placeholder` unless",
  },
  "unknown-dependency": {
    ...both({ container: { dependsOn: [{ containerName: "app", condition: "START" }] } }),
    message: 'container_definition.dependsOn names the container "app", which isn\'t in the task. Add it to `sidecars`',
  },
  "unknown-dependency-of-sidecar": {
    ...both({ sidecars: [{ ...INIT, dependsOn: [{ containerName: "app", condition: "START" }] }] }),
    message: 'container init: dependsOn names the container "app", which isn\'t in the task.',
  },
  "unknown-link": {
    ...both({ container: { links: ["app:alias"] } }),
    message: 'container_definition.links names the container "app", which isn\'t in the task.',
  },
  "unknown-volume-source": {
    ...both({ container: { volumesFrom: [{ sourceContainer: "app" }] } }),
    message: 'container_definition.volumesFrom names the container "app", which isn\'t in the task.',
  },
  "essential-dependency": {
    ...both({ container: { dependsOn: [{ containerName: "init", condition: "SUCCESS" }] }, sidecars: [INIT] }),
    message: 'container_definition.dependsOn can\'t wait for SUCCESS of "init", which is essential.',
  },
  "no-log-router": {
    variables: { log_configuration: { log_driver: "awsfirelens" } },
    props: { logConfiguration: { logDriver: "awsfirelens" } },
    message: "log_configuration needs a FireLens log router for the log driver awsfirelens.",
  },
  "variable-and-secret": {
    variables: { environment: { A: "a" }, secrets: { A: "/prod/a" } },
    props: { environment: { A: "a" }, secrets: { A: "/prod/a" } },
    message: "environment A is both a variable and a secret of this container.",
  },
  "repeated-ulimit": {
    variables: { ulimits: Array(2).fill({ name: "nofile", soft_limit: 1, hard_limit: 2 }) },
    props: { ulimits: Array(2).fill({ name: "nofile", softLimit: 1, hardLimit: 2 }) },
    message: "ulimits sets nofile more than once. Remove one of them.",
  },
  "no-memory": {
    ...both({ sidecars: [{ name: "init", image: "busybox" }] }),
    message: "container init: memory isn't set. Set `memory` or `memoryReservation`",
  },
  "memory-above-limit": {
    variables: { memory_mib: 1025, task_definition: { memory: "1 GB" } },
    props: { memoryMiB: 1025, taskDefinition: { memory: "1 GB" } },
    message: "memory_mib is 1025 MiB, more than the task's limit of 1024 MiB (`task_definition.memory`).",
  },
  "reservations-above-limit": {
    variables: { memory_reservation_mib: 1025, task_definition: { memory: "1 GB" } },
    props: { memoryReservationMiB: 1025, taskDefinition: { memory: "1 GB" } },
    message: "task_definition.memory is 1024 MiB, less than the 1025 MiB of its containers' `memoryReservation`.",
  },
  "cpu-above-limit": {
    variables: { cpu: 257, task_definition: { cpu: ".25 vCPU" } },
    props: { cpu: 257, taskDefinition: { cpu: ".25 vCPU" } },
    message: "task_definition.cpu is 256 CPU units, less than the 257 CPU units of its containers' `cpu`.",
  },
  "name-of-the-agent": {
    ...both({ sidecars: [{ ...INIT, name: "datadog-agent" }] }),
    message: "sidecars can't have the name datadog-agent, which is the name of the Agent's container.",
  },
  "sidecars-with-one-name": {
    variables: { sidecars: [INIT, { ...INIT, memory: 128 }] },
    message: "Features and variables set different values for the container init.",
  },
  "dns-on-windows": {
    host: "windows",
    variables: { container_definition: { dnsServers: ["10.0.0.2"] } },
    props: { host: "windows", containerDefinition: { dnsServers: ["10.0.0.2"] } },
    message: "container_definition.dnsServers can't be set on the host windows",
  },
  size: {
    variables: { environment: { A: "x".repeat(65_536) } },
    message: "The container definitions are larger than 65536 bytes, the limit of ECS.",
  },
};

describeEndToEnd("the module", () => {
  let emulator: Emulator;
  let project: Project;
  const errors = new Map<string, readonly string[]>();

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    const root = new Root(join(project.folder, "root"), emulator.environment);
    mkdirSync(root.folder);
    // Each module has its own folder, so that the file in a diagnostic identifies it.
    for (const [id, { host = "linux", site, features = {} }] of Object.entries(REFUSALS)) {
      writeModule(join(root.folder, id), { name: id, host, site, features });
    }
    writeModule(join(root.folder, "accepted"), { name: "accepted" });
    const ids = [...Object.keys(REFUSALS), "accepted"];
    // Terraform evaluates preconditions only if all validations pass.
    await plan(root, ids);
    await plan(
      root,
      ids.filter((id) => !errors.has(id)),
    );
  });

  async function plan(root: Root, ids: readonly string[]): Promise<void> {
    const calls = ids.map((id) => {
      const call = {
        cluster: CLUSTER,
        api_key: { secrets_manager_arn: SECRET },
        ...(REFUSALS[id]?.variables ?? ACCEPTED),
      };
      return [id, { source: `./${id}`, ...call }];
    });
    const json = { provider: { aws: {} }, module: Object.fromEntries(calls) as unknown };
    writeFileSync(join(root.folder, "main.tf.json"), JSON.stringify(json));
    await root.init();
    const { stdout } = await root.terraform(["plan", "-json", "-input=false"], { accept: [1] });
    for (const line of stdout.split("\n").filter((text) => text.includes('"diagnostic"'))) {
      const { diagnostic } = JSON.parse(line) as { diagnostic: { detail: string; range?: { filename: string } } };
      const text = `${diagnostic.detail} ${diagnostic.range?.filename}`;
      const id = ids.find((each) => text.includes(` ${each}/`)) ?? "";
      errors.set(id, [...(errors.get(id) ?? []), diagnostic.detail]);
    }
  }

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it.each(Object.entries(REFUSALS))("refuses %s", (id, { message }) => {
    expect(errors.get(id)).toEqual([expect.stringContaining(message)]);
  });

  it("accepts references and limits that are right, and reports no other errors", () => {
    expect([...errors.keys()].sort()).toEqual(Object.keys(REFUSALS).sort());
  });
});

describe("a configuration", () => {
  const withProps = Object.entries(REFUSALS).flatMap(([id, { props }]) => (props ? [[id, props] as const] : []));

  it.each(withProps)("also refuses %s", (_id, props) => {
    const all = { cluster: CLUSTER, apiKey: { secretsManagerArn: SECRET }, ...props };
    const { value, problems } = check<Daemon>(catalog, catalog.schemas.daemon, all);
    expect(problems ?? agentTask(catalog, value, apiKeySource(value.apiKey)).problems).toHaveLength(1);
  });
});
