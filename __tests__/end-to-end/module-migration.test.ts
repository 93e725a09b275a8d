import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SECRET } from "./support/daemons";
import { type Emulator, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { writeModule } from "./support/modules";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const CLUSTER_ARN = "arn:aws:ecs:eu-west-1:123456789012:cluster/production";

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

const agent = {
  name: "datadog-agent",
  image: "public.ecr.aws/datadog/agent:latest",
  essential: true,
  cpu: 256,
  memory: 512,
  environment: [{ name: "DD_SITE", value: "datadoghq.com" }],
  secrets: [{ name: "DD_API_KEY", valueFrom: SECRET }],
  portMappings: [{ containerPort: 8126, hostPort: 8126, protocol: "tcp" }],
  mountPoints: [{ sourceVolume: "proc", containerPath: "/host/proc", readOnly: true }],
};

const policy = (name: string, Action: string[], Resource: string) => ({
  name,
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }),
});

/** The resources that Datadog's module creates for the family `datadog`, with its addresses, counts, keys and names. */
const VENDORS = {
  resource: {
    aws_ecs_task_definition: {
      datadog_agent: {
        family: "datadog",
        container_definitions: JSON.stringify([agent]),
        requires_compatibilities: ["EC2"],
        network_mode: "bridge",
        execution_role_arn: "${aws_iam_role.new_ecs_task_execution_role[0].arn}",
        task_role_arn: "${aws_iam_role.new_ecs_task_role[0].arn}",
        volume: { name: "proc", host_path: "/proc/" },
        tags: { dd_ecs_terraform_module: "1.0.7" },
        lifecycle: { create_before_destroy: true },
      },
    },
    aws_ecs_service: {
      datadog_agent: {
        count: 1,
        name: "datadog-datadog-agent",
        cluster: CLUSTER_ARN,
        task_definition: "${aws_ecs_task_definition.datadog_agent.arn}",
        launch_type: "EC2",
        scheduling_strategy: "DAEMON",
        enable_ecs_managed_tags: true,
        propagate_tags: "SERVICE",
        tags: { dd_ecs_terraform_module: "1.0.7" },
      },
    },
    aws_iam_role: {
      new_ecs_task_role: { count: 1, name: "datadog-ecs-task-role", assume_role_policy: JSON.stringify(trust) },
      new_ecs_task_execution_role: {
        count: 1,
        name: "datadog-ecs-task-exec-role",
        assume_role_policy: JSON.stringify(trust),
      },
    },
    aws_iam_policy: {
      dd_ecs_task_permissions: { count: 1, ...policy("datadog-dd-ecs-task-policy", ["ecs:ListClusters"], "*") },
      dd_secret_access: {
        count: 1,
        ...policy("datadog-dd-secret-access", ["secretsmanager:GetSecretValue"], SECRET),
      },
    },
    aws_iam_role_policy_attachment: {
      new_ecs_task_execution_role_policy: {
        for_each: {
          AmazonECSTaskExecutionRolePolicy: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
          DDSecretAccess: "${aws_iam_policy.dd_secret_access[0].arn}",
        },
        role: "${aws_iam_role.new_ecs_task_execution_role[0].name}",
        policy_arn: "${each.value}",
      },
      new_role_ecs_task_permissions: {
        for_each: { DDECSTaskPermissions: "${aws_iam_policy.dd_ecs_task_permissions[0].arn}" },
        role: "${aws_iam_role.new_ecs_task_role[0].name}",
        policy_arn: "${each.value}",
      },
    },
  },
};

/** The same daemon with this module, with the variables from the table in its README. */
const OURS = {
  source: "./modules/datadog-agent",
  cluster: CLUSTER_ARN,
  family: "datadog",
  service_name: "datadog-datadog-agent",
  cpu: 256,
  enable_ecs_managed_tags: true,
  propagate_tags: "SERVICE",
  api_key: { secrets_manager_arn: SECRET },
  features: { apm: { socket: true } },
  application: { profiling: true },
  created_roles: { task_role_name: "datadog-ecs-task-role", execution_role_name: "datadog-ecs-task-exec-role" },
};

/** The outputs of Datadog's module, except the desired count, which changes with the number of container instances. */
const OUTPUTS = '${{ for name, value in module.datadog_agent : name => value if name != "service_desired_count" }}';

describeEndToEnd("a migration from Datadog's module", () => {
  let emulator: Emulator;
  let project: Project;
  let root: Root;

  const write = (call: object) => {
    writeFileSync(
      join(root.folder, "main.tf.json"),
      JSON.stringify({
        provider: { aws: {} },
        module: { datadog_agent: call },
        output: { theirs: { value: OUTPUTS } },
      }),
    );
  };

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", "production");
    root = new Root(join(project.folder, "root"), emulator.environment);
    mkdirSync(join(root.folder, "vendor"), { recursive: true });
    writeFileSync(join(root.folder, "vendor", "main.tf.json"), JSON.stringify(VENDORS));
    writeModule(join(root.folder, "modules", "datadog-agent"), {
      name: "datadog-agent",
      vendorOutputs: true,
      features: { apm: true, dogstatsd: true },
    });
    write({ source: "./vendor" });
    await root.init();
    await root.apply();
    write(OURS);
    await root.init();
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  it("updates the service and the roles in place, and creates a new revision of the task definition", async () => {
    await root.terraform(["plan", "-input=false", "-out=plan"]);
    const { stdout } = await root.terraform(["show", "-json", "plan"]);
    const { resource_changes } = JSON.parse(stdout) as {
      resource_changes: { address: string; change: { actions: string[] } }[];
    };
    const actions = resource_changes.map(({ address, change }) => [
      address.replace("module.datadog_agent.", ""),
      change.actions.join(", "),
    ]);
    expect(Object.fromEntries(actions)).toMatchObject({
      "aws_ecs_service.datadog_agent[0]": "update",
      "aws_ecs_task_definition.datadog_agent": "create, delete",
      "aws_iam_role.task[0]": "update",
      "aws_iam_role.execution[0]": "update",
      "aws_iam_role_policy_attachment.execution_managed[0]": "no-op",
    });
    // Only the policies that became inline policies are deleted.
    const deleted = actions.filter(
      ([address, action]) => action === "delete" && !address?.startsWith("aws_iam_policy."),
    );
    expect(deleted.map(([address]) => address)).toEqual([
      'aws_iam_role_policy_attachment.new_ecs_task_execution_role_policy["DDSecretAccess"]',
      'aws_iam_role_policy_attachment.new_role_ecs_task_permissions["DDECSTaskPermissions"]',
    ]);
  });

  it("keeps the service, and has an empty second plan", async () => {
    const service = async () => {
      const named = ["--cluster", "production", "--services", "datadog-datadog-agent"];
      const { services } = await emulator.aws<{ services: { createdAt: string; taskDefinition: string }[] }>(
        ...["ecs", "describe-services", ...named],
      );
      return services[0];
    };
    const before = await service();
    await root.apply();
    const after = await service();
    expect(after?.createdAt).toBe(before?.createdAt);
    expect(before?.taskDefinition).toMatch(/:task-definition\/datadog:1$/);
    expect(after?.taskDefinition).toMatch(/:task-definition\/datadog:2$/);
    expect(emulator.api.operations.filter((operation) => operation === "CreateService")).toHaveLength(1);
    expect(await root.changes()).toBe("");
    expect(await root.outputs()).toMatchObject({
      theirs: {
        arn: after?.taskDefinition,
        family: "datadog",
        service_name: "datadog-datadog-agent",
        execution_role_arn: "arn:aws:iam::123456789012:role/datadog-ecs-task-exec-role",
        apm_env_vars: [{ name: "DD_TRACE_AGENT_URL", value: "unix:///var/run/datadog/apm.socket" }],
        app_dd_sockets_mount: [{ containerPath: "/var/run/datadog", sourceVolume: "dd-sockets" }],
        profiling_env_vars: [{ name: "DD_PROFILING_ENABLED", value: "true" }],
      },
    });
    await root.destroy();
    expect(await leftovers(emulator, "production")).toEqual([]);
  });
});
