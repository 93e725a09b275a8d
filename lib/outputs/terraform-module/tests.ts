import type { Catalog } from "../../core/catalog";
import { GOVERNMENT_SITES } from "../../core/sites";
import { hostOf } from "../../core/scope";
import { availableFeatures, type Module } from "../../configuration/modules";
import { checksOf } from "./checks";
import { block, type Body, blocks, named, toHcl, type Value } from "./document";
import { expression, snakeCase } from "./hcl";

/** A run of `terraform test`. */
interface Run {
  readonly variables: Body;
  /** Conditions on the plan, with their error messages. */
  readonly asserts?: readonly (readonly [condition: string, message: string])[];
  /** The object whose check must fail. */
  readonly expectFailure?: string;
}

const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
const DEFINITION = "aws_ecs_task_definition.datadog_agent";
const AGENT = `jsondecode(${DEFINITION}.container_definitions)[0]`;
const environment = (name: string) =>
  `[for variable in ${AGENT}.environment : variable.value if variable.name == "${name}"]`;

/**
 * The tests in the module's folder, for people who change it. They need Terraform 1.7 or later, but no AWS account and no
 * credentials: the provider is mocked.
 */
export function tests(catalog: Catalog, module: Module): ReadonlyMap<string, string> {
  const files = { daemon: daemonRuns(catalog, module), errors: errorRuns(catalog, module) };
  return new Map(
    Object.entries(files).map(([name, runs]) => [`tests/${name}.tftest.hcl`, toHcl(fileOf(catalog, module, runs))]),
  );
}

function fileOf(catalog: Catalog, module: Module, runs: Readonly<Record<string, Run>>): Body {
  return {
    mock_provider: named({
      aws: {
        mock_data: named({
          aws_partition: { defaults: { partition: "aws", dns_suffix: "amazonaws.com" } },
          aws_region: { defaults: { id: "eu-west-1" } },
          aws_caller_identity: { defaults: { account_id: "123456789012" } },
        }),
      },
    }),
    variables: block({
      cluster: "production",
      api_key: { secrets_manager_arn: SECRET },
      site: "datadoghq.com",
      launch_type: "EC2",
      features: togglesOf(catalog, module, {}),
    }),
    run: named(
      Object.fromEntries(
        Object.entries(runs).map(([name, { variables, asserts = [], expectFailure }]) => [
          name,
          {
            command: expression("plan"),
            ...(Object.keys(variables).length > 0 && { variables: block(variables) }),
            ...(asserts.length > 0 && {
              assert: blocks(
                asserts.map(([condition, message]) => ({ condition: expression(condition), error_message: message })),
              ),
            }),
            ...(expectFailure !== undefined && { expect_failures: [expression(expectFailure)] }),
          },
        ]),
      ),
    ),
  };
}

/** Only these features: those that are on by default are off. */
function togglesOf(catalog: Catalog, module: Module, on: Readonly<Record<string, Value>>): Value {
  const decided = Object.keys(module.features).map((name) => [snakeCase(name), false] as const);
  const known = availableFeatures(catalog, module).map(({ name }) => snakeCase(name));
  return Object.fromEntries([...decided, ...Object.entries(on).filter(([name]) => known.includes(name))]);
}

function daemonRuns(catalog: Catalog, module: Module): Readonly<Record<string, Run>> {
  const { socketMounts, osType } = hostOf(catalog, module);
  const features = (on: Readonly<Record<string, Value>>) => ({ features: togglesOf(catalog, module, on) });
  return {
    daemon: {
      variables: features({ logs: { exclude: ["image:^a"] } }),
      asserts: [
        [
          'aws_ecs_service.datadog_agent[0].scheduling_strategy == "DAEMON"',
          "The service must run an Agent on every container instance.",
        ],
        [`${environment("DD_LOGS_ENABLED")} == ["true"]`, "An enabled feature must set its environment variable."],
        [`${environment("DD_CONTAINER_EXCLUDE_LOGS")} == ["image:^a"]`, "An option must set its environment variable."],
        [`${environment("DD_APM_ENABLED")} == ["false"]`, "A disabled feature must be off in the Agent."],
        ['contains(output.enabled_features, "logs")', "The output must list the feature."],
      ],
    },
    secret: {
      variables: { api_key: { secrets_manager_arn: SECRET, json_key: "api_key" } },
      asserts: [
        [
          `${AGENT}.secrets == [{ name = "DD_API_KEY", valueFrom = "${SECRET}:api_key::" }]`,
          "The API key must be a secret of the container.",
        ],
        [
          `jsondecode(aws_iam_role_policy.execution[0].policy).Statement[0].Resource == "${SECRET}"`,
          "The execution role must be able to read this secret only.",
        ],
      ],
    },
    existing_roles: {
      variables: {
        task_role: { arn: "arn:aws:iam::123456789012:role/task" },
        execution_role: { arn: "arn:aws:iam::123456789012:role/execution" },
      },
      asserts: [
        ["length(aws_iam_role.task) + length(aws_iam_role_policy.task) == 0", "An existing role must not be changed."],
      ],
    },
    ...(socketMounts.length > 0 && {
      sockets: {
        variables: features({ apm: { socket: true, port: false }, dogstatsd: { socket: true, port: false } }),
        asserts: [
          [`!can(${AGENT}.portMappings)`, "The container must have no port mappings."],
          ["length(output.applications.environment) == 2", "Applications must get the addresses of both sockets."],
          ["length(output.applications.volumes) == 1", "Applications must get the folder of the sockets."],
        ],
      },
    }),
    ...(osType === "linux" && {
      fips: {
        variables: { site: GOVERNMENT_SITES[0], features: togglesOf(catalog, module, { fips_proxy: true }) },
        asserts: [
          [`${DEFINITION}.network_mode == "host"`, "The Agent and the proxy must share a network namespace."],
          [`length(jsondecode(${DEFINITION}.container_definitions)) == 2`, "The task must have a proxy container."],
          [`${environment("DD_FIPS_ENABLED")} == ["true"]`, "The Agent must use the proxy."],
        ],
      },
    }),
  };
}

function errorRuns(catalog: Catalog, module: Module): Readonly<Record<string, Run>> {
  return {
    unknown_feature: { variables: { features: { npm: true } }, expectFailure: "var.features" },
    unknown_option: { variables: { features: { logs: { excludes: [] } } }, expectFailure: "var.features" },
    wrong_option_type: { variables: { features: { logs: { collect_all: "no" } } }, expectFailure: "var.features" },
    no_api_key: { variables: { api_key: {} }, expectFailure: "var.api_key" },
    api_key_in_environment: { variables: { environment: { DD_API_KEY: "key" } }, expectFailure: "var.environment" },
    no_receiver: {
      variables: { features: togglesOf(catalog, module, { apm: { port: false, socket: false } }) },
      expectFailure: DEFINITION,
    },
    no_cluster: { variables: { cluster: null }, expectFailure: DEFINITION },
    ...("checks" in checksOf(catalog, module) && {
      network_path_without_paths: {
        variables: { features: togglesOf(catalog, module, { network_path: true }) },
        expectFailure: "check.checks",
      },
    }),
  };
}
