import { join } from "node:path";
import { parse } from "yaml";
import { bundleCommand } from "../app/support/command";
import { CLUSTER, SECRET } from "./support/daemons";
import { type Emulator, REGION, startEmulator } from "./support/emulator";
import { Project } from "./support/project";
import { run } from "./support/run";
import { describeEndToEnd } from "./support/tools";

const arnOf = (kind: string, name: string) => `arn:aws:ecs:${REGION}:123456789012:${kind}/${name}`;

const DEFINITION = {
  family: "datadog",
  requiresCompatibilities: ["EC2"],
  containerDefinitions: [
    {
      name: "datadog-agent",
      image: "public.ecr.aws/datadog/agent:7",
      cpu: 100,
      memory: 512,
      essential: true,
      portMappings: [{ containerPort: 8126, hostPort: 8126, protocol: "tcp" }],
      mountPoints: [{ containerPath: "/var/run/docker.sock", sourceVolume: "docker_sock", readOnly: true }],
      environment: [{ name: "DD_SITE", value: "datadoghq.eu" }],
      secrets: [{ name: "DD_API_KEY", valueFrom: SECRET }],
    },
  ],
  volumes: [{ name: "docker_sock", host: { sourcePath: "/var/run/docker.sock" } }],
};

describeEndToEnd("npm run import", () => {
  let emulator: Emulator;
  let project: Project;
  let script: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    script = join(project.folder, "import.js");
    bundleCommand("import", script);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    await emulator.aws("ecs", "register-task-definition", "--cli-input-json", JSON.stringify(DEFINITION));
    await emulator.aws(
      ...["ecs", "create-service", "--cluster", CLUSTER, "--service-name", "agents", "--task-definition", "datadog"],
      ...["--launch-type", "EC2", "--scheduling-strategy", "DAEMON", "--enable-ecs-managed-tags"],
      ...["--propagate-tags", "TASK_DEFINITION", "--enable-execute-command"],
    );
    emulator.api.operations.length = 0;
  });

  afterEach(async () => {
    project.remove();
    await emulator.stop();
  });

  const imported = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, [script, ...args], { environment: emulator.environment });
    return stdout;
  };

  it("reads a service from AWS, and Terraform adopts it in place, once", async () => {
    const { clusters } = parse(await imported("--cluster", CLUSTER, "--service", "agents")) as { clusters: object[] };
    expect(clusters).toMatchObject([
      {
        name: CLUSTER,
        cluster: arnOf("cluster", CLUSTER),
        region: REGION,
        site: "datadoghq.eu",
        adopt: { serviceArn: arnOf("service", `${CLUSTER}/agents`) },
        features: { apm: true },
        family: "datadog",
        serviceName: "agents",
        enableExecuteCommand: true,
        enableEcsManagedTags: true,
        propagateTags: "TASK_DEFINITION",
      },
    ]);
    expect([...new Set(emulator.api.operations)].sort()).toEqual(["DescribeServices", "DescribeTaskDefinition"]);

    await project.synth({ clusters });
    const root = project.stack(CLUSTER);
    await root.init();
    await root.terraform(["apply", "-auto-approve", "-input=false"]);
    expect(emulator.api.operations.filter((name) => /^(?:Create|Delete)Service$/.test(name))).toEqual([]);
    expect(await root.changes()).toBe("");
  });

  it("reads all daemon services of a cluster", async () => {
    const yaml = await imported("--cluster", CLUSTER, "--all");
    expect(parse(yaml)).toEqual(parse(await imported("--cluster", CLUSTER, "--service", "agents")));
  });

  it("reports a missing service in one line", async () => {
    const args = [script, "--cluster", CLUSTER, "--service", "none"];
    const { stdout, stderr } = await run(process.execPath, args, { environment: emulator.environment, accept: [1] });
    expect({ stdout, stderr }).toEqual({
      stdout: "",
      stderr: `The cluster ${CLUSTER} has no service none. Check --cluster, --service and --region.\n`,
    });
  });
});
