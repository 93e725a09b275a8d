import type { ApiRequest } from "./ecs-api";

/** An action on a resource that a request needs, and what conditions see of it. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

export interface PolicyDocument {
  readonly Statement: readonly {
    readonly Sid?: string;
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

const ACCOUNT = "arn:aws:SERVICE:eu-west-1:123456789012";
const ofService = (service: string, resource: string) => `${ACCOUNT.replace("SERVICE", service)}:${resource}`;
const need = (action: string, resource = "*", context = {}): Need => ({ action, resource, context });

const text = (value: unknown) => (typeof value === "string" ? value : "");

/** Actions without resource-level permissions, as the Service Authorization Reference has them. */
const WITHOUT_RESOURCE = new Set([
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroupRules",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ecs:DeregisterTaskDefinition",
  "ecs:DescribeTaskDefinition",
  "logs:DescribeLogGroups",
  "sts:GetCallerIdentity",
]);

/**
 * What AWS would have authorized for the requests.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export class Authorization {
  /** ARNs of roles by their names, and keys of secrets by their names: later requests don't repeat them. */
  readonly #roles: Map<string, string>;
  readonly #keys = new Map<string, string>();

  /** @param roles the ARNs of the roles that are there before */
  constructor(roles: readonly string[]) {
    this.#roles = new Map(roles.map((role) => [role.split("/").at(-1) ?? "", role]));
  }

  needsOf(request: ApiRequest): readonly Need[] {
    const { service, operation, parameters } = request;
    if (service === "s3") return [s3Need(request)];
    const action = `${service}:${operation}`;
    if (WITHOUT_RESOURCE.has(action)) return [need(action)];
    if (service === "sts") return [need(action, text(parameters.RoleArn))];
    if (service === "ecs") return ecsNeeds(action, parameters);
    if (service === "logs") return logsNeeds(action, parameters);
    if (service === "ec2") return ec2Needs(action, parameters as Readonly<Record<string, string>>);
    if (service === "iam") return this.#iamNeeds(action, parameters as Readonly<Record<string, string>>);
    if (service === "secretsmanager") return this.#secretNeeds(action, parameters);
    throw new Error(`No needs are known of ${action}.`);
  }

  #iamNeeds(action: string, parameters: Readonly<Record<string, string>>): readonly Need[] {
    const { RoleName: name = "", Path: path = "/", PolicyArn, PermissionsBoundary } = parameters;
    const role = this.#roles.get(name) ?? `arn:aws:iam::123456789012:role${path}${name}`;
    this.#roles.set(name, role);
    const context = {
      ...(PolicyArn !== undefined && { "iam:PolicyARN": PolicyArn }),
      ...(PermissionsBoundary !== undefined && { "iam:PermissionsBoundary": PermissionsBoundary }),
    };
    const isTagged = action === "iam:CreateRole" && parameters["Tags.member.1.Key"] !== undefined;
    return [need(action, role, context), ...(isTagged ? [need("iam:TagRole", role)] : [])];
  }

  #secretNeeds(action: string, parameters: Readonly<Record<string, unknown>>): readonly Need[] {
    const { Name, SecretId, KmsKeyId, Tags } = parameters;
    const id = text(SecretId ?? Name);
    const secret = id.startsWith("arn:") ? id : ofService("secretsmanager", `secret:${id}-AbCdEf`);
    const name = secret.replace(/^.*:secret:(.*)-.{6}$/, "$1");
    if (KmsKeyId !== undefined) this.#keys.set(name, text(KmsKeyId));
    const key = this.#keys.get(name);
    const actions = {
      "secretsmanager:CreateSecret": ["kms:GenerateDataKey", "kms:Decrypt"],
      "secretsmanager:PutSecretValue": ["kms:GenerateDataKey", "kms:Decrypt"],
      "secretsmanager:GetSecretValue": ["kms:Decrypt"],
    }[action];
    const context = { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" };
    return [
      need(action, secret),
      ...(action === "secretsmanager:CreateSecret" && Tags ? [need("secretsmanager:TagResource", secret)] : []),
      ...(key === undefined ? [] : (actions ?? []).map((each) => need(each, key, context))),
    ];
  }
}

function s3Need({ method, path }: ApiRequest): Need {
  const [bucket = "", key = ""] = /^\/([^/?]*)\/?([^?]*)/.exec(path)?.slice(1) ?? [];
  if (key === "") return need("s3:ListBucket", `arn:aws:s3:::${bucket}`);
  const actions = { GET: "s3:GetObject", HEAD: "s3:GetObject", PUT: "s3:PutObject", DELETE: "s3:DeleteObject" };
  return need(actions[method as keyof typeof actions], `arn:aws:s3:::${bucket}/${decodeURIComponent(key)}`);
}

function ecsNeeds(action: string, parameters: Readonly<Record<string, unknown>>): readonly Need[] {
  const { cluster, serviceName, service, services, family, tags, resourceArn, taskRoleArn, executionRoleArn } =
    parameters;
  if (resourceArn !== undefined) return [need(action, text(resourceArn))];
  if (family !== undefined) {
    const definition = ofService("ecs", `task-definition/${text(family)}:*`);
    const context = { "iam:PassedToService": "ecs-tasks.amazonaws.com" };
    return [
      need(action, definition),
      ...(tags ? [need("ecs:TagResource", definition)] : []),
      ...[taskRoleArn, executionRoleArn].flatMap((role) =>
        role === undefined ? [] : [need("iam:PassRole", text(role), context)],
      ),
    ];
  }
  const clusterName = text(cluster).split("/").at(-1);
  const [named] = (services ?? [serviceName ?? service]) as readonly string[];
  const arn = ofService("ecs", `service/${clusterName}/${named?.split("/").at(-1)}`);
  return [need(action, arn), ...(action === "ecs:CreateService" && tags ? [need("ecs:TagResource", arn)] : [])];
}

function logsNeeds(action: string, parameters: Readonly<Record<string, unknown>>): readonly Need[] {
  const { logGroupName, resourceArn, tags } = parameters;
  if (resourceArn !== undefined) return [need(action, text(resourceArn))];
  const group = ofService("logs", `log-group:${text(logGroupName)}`);
  return [
    need(action, `${group}:log-stream:`),
    ...(action === "logs:CreateLogGroup" && tags ? [need("logs:TagResource", group)] : []),
  ];
}

function ec2Needs(action: string, parameters: Readonly<Record<string, string>>): readonly Need[] {
  const groupId = parameters.GroupId ?? "sg-0123456789abcdef0";
  const group = ofService("ec2", `security-group/${groupId}`);
  const rule = ofService("ec2", "security-group-rule/sgr-0123456789abcdef0");
  if (/^ec2:(?:Create|Delete)Tags$/.test(action)) {
    const id = parameters["ResourceId.1"] ?? "";
    return [
      need(action, ofService("ec2", `${id.startsWith("sgr-") ? "security-group-rule" : "security-group"}/${id}`)),
    ];
  }
  const tagged = parameters["TagSpecification.1.ResourceType"];
  return [
    need(action, group),
    ...(action === "ec2:CreateSecurityGroup" ? [need(action, ofService("ec2", `vpc/${parameters.VpcId}`))] : []),
    ...(action === "ec2:ModifySecurityGroupRules" ? [need(action, rule)] : []),
    ...(tagged === undefined ? [] : [need("ec2:CreateTags", tagged === "security-group" ? group : rule)]),
  ];
}

/** Whether a statement of a policy allows what a request needs. */
export function isAllowed({ Statement }: PolicyDocument, { action, resource, context }: Need): boolean {
  return Statement.some(
    ({ Action, Resource, Condition = {} }) =>
      Action.includes(action) &&
      Resource.some((pattern) => matches(pattern, resource)) &&
      Object.values(Condition).every((keys) =>
        Object.entries(keys).every(([key, pattern]) => context[key] !== undefined && matches(pattern, context[key])),
      ),
  );
}

/** IAM's wildcards. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(text);
}
