import type { Catalog } from "../../core/catalog";
import { GOVERNMENT_SITES } from "../../core/sites";
import { hostOf } from "../../core/scope";
import { availableFeatures, type Module } from "../../configuration/modules";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../terraform-versions";
import { block, type Body, codeOf, named, toHcl, typed, type Value } from "./document";
import { expression, snakeCase } from "./hcl";

/** A root module that calls the module. */
interface Example {
  readonly title: string;
  readonly about: string;
  /** Arguments of the provider block. */
  readonly provider?: Body;
  /** Arguments of the module block, except `source`. */
  readonly call: Body;
  /** Its outputs. */
  readonly outputs?: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  /** The whole main.tf, instead of the provider and module blocks. */
  readonly root?: Body;
  /** Its required variables. */
  readonly variables?: readonly (keyof typeof VARIABLES)[];
}

const VARIABLES = {
  cluster: "Name or ARN of the ECS cluster",
  api_key_secret_arn: "Full ARN of the Secrets Manager secret that holds the Datadog API key",
} as const;

const cluster = { cluster: expression("var.cluster") };
const apiKey = { api_key: { secrets_manager_arn: expression("var.api_key_secret_arn") } };
const REQUIRED_VARIABLES = ["cluster", "api_key_secret_arn"] as const;

/** The files of all examples, by their paths in the module's folder. */
export function examples(catalog: Catalog, module: Module): ReadonlyMap<string, string> {
  const all = Object.entries(examplesOf(catalog, module));
  return new Map(all.flatMap(([name, example]) => filesOf(`examples/${name}`, example)));
}

function examplesOf(catalog: Catalog, module: Module): Readonly<Record<string, Example>> {
  const available = availableFeatures(catalog, module).map(({ name }) => name);
  const toggles = (values: Readonly<Record<string, Value>>): Value =>
    Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (available.includes(name) ? [[snakeCase(name), value]] : [])),
    );
  const isLinux = hostOf(catalog, module).osType === "linux";
  const sockets = hostOf(catalog, module).socketMounts.length > 0;
  return {
    basic: {
      title: "Basic",
      about:
        "Runs the Agent on every container instance of an ECS cluster. The region and the credentials come from the environment.",
      call: {
        ...cluster,
        ...apiKey,
        features: toggles({ apm: true, dogstatsd: true, logs: true, processCollection: true }),
      },
      variables: REQUIRED_VARIABLES,
      outputs: {
        enabled_features: {
          description: "Names of the features that are on",
          value: "module.datadog_agent.enabled_features",
        },
        service_arn: { description: "ARN of the service", value: "module.datadog_agent.agent.service_arn" },
      },
    },
    complete: {
      title: "Complete",
      about:
        "Sets feature options, tags, an image tag, resource limits, and the names and path of the IAM roles, and creates a secret for the API key. After `terraform apply`, store the API key in the secret with the command in the output `fill_api_key_secret`. The Agent starts once the secret has a value.",
      call: {
        ...cluster,
        api_key: { create_secret: { name: "datadog/api-key" } },
        tags: { env: "production", team: "platform" },
        image: { tag: "7" },
        cpu: 200,
        memory_mib: 1024,
        features: toggles({
          apm: sockets ? { socket: true } : true,
          dogstatsd: sockets ? { socket: true, port: false } : true,
          logs: { exclude: ["image:^public.ecr.aws/aws-ec2/"] },
          logLevel: { level: "warn" },
          unifiedServiceTagging: { env: "production" },
        }),
        environment: { DD_LOG_FORMAT_JSON: "true" },
        enable_execute_command: true,
        propagate_tags: "SERVICE",
        resource_tags: { team: "platform" },
        created_roles: { name_prefix: "datadog-", path: "/agents/" },
      },
      variables: ["cluster"],
      outputs: {
        fill_api_key_secret: {
          description: "Command that stores the API key in the secret",
          value: "module.datadog_agent.agent.fill_api_key_secret",
        },
        applications: {
          description: "Environment variables, mount points and volumes for applications",
          value: "module.datadog_agent.applications",
        },
      },
    },
    ...(sockets && {
      application: {
        title: "Application",
        about:
          "Runs the Agent on every container instance of an ECS cluster, and an application that sends traces and metrics to the Agent over UNIX sockets.",
        call: {},
        root: applicationRoot(catalog, module, {
          source: "../..",
          cluster: expression("var.cluster"),
          secret: expression("var.api_key_secret_arn"),
        }),
        variables: REQUIRED_VARIABLES,
      },
    }),
    "several-clusters": {
      title: "Several clusters",
      about:
        "Runs the Agent in several clusters of one region, each with its own tags. For other accounts or regions, add a module block with `providers`.",
      call: {
        for_each: { production: "platform", staging: "development" },
        cluster: expression("each.key"),
        ...apiKey,
        tags: { env: expression("each.key"), team: expression("each.value") },
        features: toggles({ apm: true, logs: true }),
      },
      variables: ["api_key_secret_arn"],
      outputs: {
        services: {
          description: "ARNs of the services by cluster",
          value: "{ for cluster, agent in module.datadog_agent : cluster => agent.agent.service_arn }",
        },
      },
    },
    ...(isLinux && {
      govcloud: {
        title: "GovCloud",
        about:
          "Runs the Agent in AWS GovCloud with a Datadog government site. The FIPS proxy is on by default for this site, and sets the network mode to host. GovCloud can't reach ECR Public: mirror the images to your own repositories.",
        provider: { region: "us-gov-west-1" },
        call: {
          ...cluster,
          ...apiKey,
          site: GOVERNMENT_SITES[0],
          image: { repository: expression("var.image_repository") },
          features: toggles({ apm: true, fipsProxy: { image: expression("var.fips_proxy_image") } }),
        },
        variables: REQUIRED_VARIABLES,
      },
      "ecs-anywhere": {
        title: "ECS Anywhere",
        about:
          "Runs the Agent on external instances (ECS Anywhere). Features that use the system probe only work on EC2 instances; they are errors at plan time.",
        call: {
          ...cluster,
          ...apiKey,
          launch_type: "EXTERNAL",
          features: toggles({ dogstatsd: true, logs: true }),
        },
        variables: REQUIRED_VARIABLES,
      },
    }),
    ...(!isLinux && {
      windows: {
        title: "Windows",
        about:
          "Runs the Agent on Windows Server in network mode awsvpc, with a security group that allows traffic from the security group of the applications. Without `network_mode`, the task uses the NAT network of Windows.",
        call: {
          ...cluster,
          ...apiKey,
          network_mode: "awsvpc",
          subnets: ["subnet-0123456789abcdef0"],
          application_security_groups: ["sg-0123456789abcdef0"],
          features: toggles({ apm: true, dogstatsd: true }),
        },
        variables: REQUIRED_VARIABLES,
      },
    }),
  };
}

/** The Agent, and an application that sends traces and metrics to it over UNIX sockets. */
export function applicationRoot(
  catalog: Catalog,
  module: Module,
  { source, cluster, secret }: Readonly<Record<"source" | "cluster" | "secret", string>>,
): Body {
  const known = availableFeatures(catalog, module).map(({ name }) => name);
  const features = ["apm", "dogstatsd"].filter((name) => known.includes(name));
  return {
    provider: named({ aws: {} }),
    module: named({
      datadog_agent: {
        source,
        cluster,
        api_key: { secrets_manager_arn: secret },
        features: Object.fromEntries(features.map((name) => [name, { socket: true, port: false }])),
      },
    }),
    resource: typed({
      aws_ecs_task_definition: {
        shop: {
          family: "shop",
          requires_compatibilities: ["EC2"],
          container_definitions: expression(`jsonencode([${codeOf(SHOP)}])`),
          dynamic: named({
            volume: {
              for_each: expression("module.datadog_agent.applications.volumes"),
              content: block({
                name: expression("volume.value.name"),
                host_path: expression("volume.value.host_path"),
              }),
            },
          }),
        },
      },
      aws_ecs_service: {
        shop: {
          name: "shop",
          cluster,
          task_definition: expression("aws_ecs_task_definition.shop.arn"),
          desired_count: 2,
        },
      },
    }),
  };
}

/** The application's container. */
const SHOP: Value = {
  name: "shop",
  image: "public.ecr.aws/docker/library/nginx:stable",
  memory: 256,
  environment: expression(
    'concat(module.datadog_agent.applications.environment, [{ name = "DD_ENV", value = "production" }, { name = "DD_SERVICE", value = "shop" }])',
  ),
  mountPoints: expression("module.datadog_agent.applications.mount_points"),
  dockerLabels: { "com.datadoghq.tags.env": "production", "com.datadoghq.tags.service": "shop" },
};

function filesOf(folder: string, example: Example): readonly (readonly [string, string])[] {
  const { title, about, provider = {}, call, outputs = {}, variables = [] } = example;
  const {
    root = { provider: named({ aws: provider }), module: named({ datadog_agent: { source: "../..", ...call } }) },
  } = example;
  const used = new Set(JSON.stringify(call).match(/(?<=var\.)\w+/g));
  const known = { ...VARIABLES, ...MORE_VARIABLES };
  const declared = [...new Set([...variables, ...used])].filter((name): name is keyof typeof known => name in known);
  const asVariables = declared.map((name) => [name, { type: expression("string"), description: known[name] }] as const);
  const asOutputs = Object.entries(outputs).map(([name, { description, value }]) => {
    return [name, { description, value: expression(value) }] as const;
  });
  const versions: Body = {
    terraform: block({ required_version: TERRAFORM_VERSION, required_providers: block({ aws: AWS_PROVIDER }) }),
  };
  return [
    [`${folder}/README.md`, exampleReadme(title, about, declared)],
    [`${folder}/main.tf`, toHcl(root)],
    [`${folder}/variables.tf`, toHcl({ variable: named(Object.fromEntries(asVariables)) })],
    ...(asOutputs.length === 0
      ? []
      : [[`${folder}/outputs.tf`, toHcl({ output: named(Object.fromEntries(asOutputs)) })] as const]),
    [`${folder}/versions.tf`, toHcl(versions)],
  ];
}

const MORE_VARIABLES = {
  image_repository: "Repository with the Agent's image that the container instances can pull from",
  fips_proxy_image: "Image of the FIPS proxy with its tag, in a repository that the container instances can pull from",
} as const;

function exampleReadme(title: string, about: string, variables: readonly string[]): string {
  const given = variables.map((name) => ` -var ${name}=…`).join("");
  return `# ${title}

${about}

\`\`\`sh
terraform init
terraform plan${given}
\`\`\`
`;
}
