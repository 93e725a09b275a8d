import { CLUSTER } from "./support/daemons";
import { type Emulator, REGION, startEmulator } from "./support/emulator";
import { leftovers } from "./support/leftovers";
import { Project, type Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const ACCOUNT = "123456789012";
const KMS_KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/01234567-89ab-cdef-0123-456789abcdef`;
const BOUNDARY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | string[];
    readonly Resource?: string | string[];
  }[];
}

interface StoredRole {
  readonly Arn: string;
  readonly RoleName: string;
  readonly Path: string;
  readonly AssumeRolePolicyDocument: Policy;
  readonly PermissionsBoundary?: { readonly PermissionsBoundaryArn: string };
}

describeEndToEnd("created roles, secret and security group", () => {
  let emulator: Emulator;
  let project: Project;
  let stack: Root;
  let applications: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    project = new Project(emulator.environment);
    await emulator.aws("ecs", "create-cluster", "--cluster-name", CLUSTER);
    const { Subnets } = await emulator.aws<{ Subnets: [{ SubnetId: string; VpcId: string }] }>(
      "ec2",
      "describe-subnets",
    );
    const group = ["--group-name", "applications", "--description", "applications", "--vpc-id", Subnets[0].VpcId];
    applications = (await emulator.aws<{ GroupId: string }>("ec2", "create-security-group", ...group)).GroupId;
    await project.synth({
      clusters: [
        {
          name: "production",
          cluster: CLUSTER,
          apiKey: { createSecret: { name: "datadog/key", kmsKeyArn: KMS_KEY }, jsonKey: "api_key" },
          createdRoles: { namePrefix: "team-", path: "/team/", permissionsBoundaryArn: BOUNDARY },
          enableExecuteCommand: true,
          networkMode: "awsvpc",
          subnets: [Subnets[0].SubnetId],
          applicationSecurityGroups: [applications],
          features: { apm: true, dogstatsd: true },
        },
      ],
    });
    stack = project.stack("production");
    await stack.init();
    await stack.validate();
    await stack.apply();
  });

  afterAll(async () => {
    project.remove();
    await emulator.stop();
  });

  async function roleWith(prefix: string): Promise<{ role: StoredRole; policies: Policy[] }> {
    const { Roles } = await emulator.aws<{ Roles: StoredRole[] }>("iam", "list-roles");
    const listed = Roles.find(({ RoleName }) => RoleName.startsWith(prefix));
    if (listed === undefined) throw new Error(`No role begins with ${prefix}.`);
    const name = ["--role-name", listed.RoleName];
    const { Role } = await emulator.aws<{ Role: StoredRole }>("iam", "get-role", ...name);
    const { PolicyNames } = await emulator.aws<{ PolicyNames: string[] }>("iam", "list-role-policies", ...name);
    const policies = PolicyNames.map(async (policy) => {
      const answer = await emulator.aws<{ PolicyDocument: Policy }>(
        "iam",
        "get-role-policy",
        ...name,
        "--policy-name",
        policy,
      );
      return answer.PolicyDocument;
    });
    return { role: Role, policies: await Promise.all(policies) };
  }

  it("have an empty second plan", async () => {
    expect(await stack.changes()).toBe("");
  });

  it.each(["team-task-", "team-execution-"])(
    "%s: only ECS tasks of this account and region can assume the role",
    async (prefix) => {
      const { role } = await roleWith(prefix);
      expect(role).toMatchObject({ Path: "/team/", PermissionsBoundary: { PermissionsBoundaryArn: BOUNDARY } });
      expect(role.AssumeRolePolicyDocument.Statement).toEqual([
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "ecs-tasks.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": ACCOUNT },
            ArnLike: { "aws:SourceArn": `arn:aws:ecs:${REGION}:${ACCOUNT}:*` },
          },
        },
      ]);
    },
  );

  it("allow the Agent's ECS check and ECS Exec", async () => {
    const { policies } = await roleWith("team-task-");
    expect(policies.map(({ Statement }) => Statement)).toEqual([
      [
        {
          Effect: "Allow",
          Resource: "*",
          Action: [
            "ec2:DescribeInstances",
            "ec2:DescribeTags",
            "ecs:DescribeContainerInstances",
            "ecs:DescribeTasks",
            "ecs:ListClusters",
            "ecs:ListContainerInstances",
            "ecs:ListTasks",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
          ],
        },
      ],
    ]);
  });

  it("allow ECS to read only the one secret and to decrypt it through Secrets Manager", async () => {
    const { policies } = await roleWith("team-execution-");
    const { api_key_secret_arn: secret } = await stack.outputs();
    expect(policies.map(({ Statement }) => Statement)).toEqual([
      [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: KMS_KEY,
          Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${REGION}.amazonaws.com` } },
        },
      ],
    ]);
  });

  it("have no wildcard actions, and wildcard resources only if AWS requires them", async () => {
    for (const prefix of ["team-task-", "team-execution-"]) {
      const { policies } = await roleWith(prefix);
      for (const { Action, Resource } of policies.flatMap(({ Statement }) => Statement)) {
        const actions = [Action].flat();
        expect(actions.filter((action) => action.includes("*"))).toEqual([]);
        if (Resource === "*")
          expect(actions.every((action) => /^(ec2:Describe|ecs:(List|Describe)|ssmmessages:)/.test(action))).toBe(true);
      }
    }
  });

  it("leave the secret empty, and the command in the output stores the key", async () => {
    const { fill_api_key_secret: command } = await stack.outputs();
    const read = () =>
      emulator.aws<{ SecretString: string }>("secretsmanager", "get-secret-value", "--secret-id", "datadog/key");
    await expect(read()).rejects.toThrow("ResourceNotFoundException");
    const [aws, ...args] = String(command).replace("file:///dev/stdin", '{"api_key":"test"}').split(" ");
    expect(aws).toBe("aws");
    await emulator.aws(...args);
    expect(await read()).toMatchObject({ SecretString: '{"api_key":"test"}' });
  });

  it("open the Agent's ports to the applications' group and not to addresses", async () => {
    const { SecurityGroups } = await emulator.aws<{ SecurityGroups: { GroupName: string; IpPermissions: object[] }[] }>(
      ...["ec2", "describe-security-groups"],
    );
    const created = SecurityGroups.find(({ GroupName }) => GroupName.startsWith("datadog-agent-"));
    const permission = (port: number, protocol: string) => ({
      IpProtocol: protocol,
      FromPort: port,
      ToPort: port,
      IpRanges: [],
      Ipv6Ranges: [],
      UserIdGroupPairs: [expect.objectContaining({ GroupId: applications })],
    });
    expect(created?.IpPermissions).toHaveLength(2);
    expect(created?.IpPermissions).toEqual(
      expect.arrayContaining([
        expect.objectContaining(permission(8125, "udp")),
        expect.objectContaining(permission(8126, "tcp")),
      ]),
    );
  });

  it("are destroyed with the stack", async () => {
    await stack.destroy();
    expect(await leftovers(emulator, CLUSTER)).toEqual([]);
  });
});
