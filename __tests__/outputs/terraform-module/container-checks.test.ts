import { catalog } from "../../../lib/catalog";
import { containerLocals } from "../../../lib/outputs/terraform-module/container-checks";
import { inputsOf } from "../../../lib/outputs/terraform-module/inputs";
import { preconditions } from "../../../lib/outputs/terraform-module/rules";
import type { Commented } from "../../../lib/outputs/terraform-module/document";
import { moduleOf } from "../../support/module";

/** What the expressions evaluate to is tested with Terraform, in end-to-end/module-rules.test.ts. */
const { container_problems, task_limits, reserved, ...others } = containerLocals(catalog, moduleOf());

const problems = (container_problems as Commented).value as string;

describe("the problems of containers in Terraform", () => {
  const unknown = (field: string, item: string, name: string) =>
    `try([for ${item} in container.${field} : "names the container \${jsonencode(${name})}, which isn't in the task. ` +
    `Add it to \`sidecars\`, or use another name." if !contains(local.container_names, ${name})], [])`;

  it.each<[string, string]>([
    ["an unknown name in dependsOn", unknown("dependsOn", "dependency", "dependency.containerName")],
    ["an unknown name in links", `links = ${unknown("links", "link", 'split(":", link)[0]')}`],
    ["an unknown name in volumesFrom", `volumesFrom = ${unknown("volumesFrom", "source", "source.sourceContainer")}`],
    [
      "the completion of an essential container",
      "try([for dependency in container.dependsOn : \"can't wait for ${dependency.condition} of " +
        "${jsonencode(dependency.containerName)}, which is essential. Set its `essential` to false, or use START or " +
        'HEALTHY." if contains(["COMPLETE", "SUCCESS"], dependency.condition) && ' +
        "contains(local.essential_containers, dependency.containerName)], [])",
    ],
    [
      "awsfirelens without a log router",
      'logConfiguration = try(container.logConfiguration.logDriver == "awsfirelens" && !local.has_log_router ? ' +
        '["needs a FireLens log router for the log driver awsfirelens. Add a container with ' +
        '`firelensConfiguration` to `sidecars`."] : [], [])',
    ],
    [
      "a variable with the name of a secret",
      'environment = try([for variable in container.environment : "${variable.name} is both a variable and a secret of ' +
        'this container. Remove one of them." if contains(container.secrets[*].name, variable.name)], [])',
    ],
    [
      "repeated ulimits",
      'ulimits = try([for index, ulimit in container.ulimits : "sets ${ulimit.name} more than once. Remove one of ' +
        'them." if contains(slice(container.ulimits[*].name, 0, index), ulimit.name)], [])',
    ],
    [
      "a container without a memory limit",
      "try(var.task_definition.memory == null && !can(container.memory) && !can(container.memoryReservation) ? " +
        '["isn\'t set. Set `memory` or `memoryReservation`, or the limit of the task with `task_definition.memory`."] ' +
        ": [], [])",
    ],
    [
      "memory above the task's limit",
      "try(container.memory > local.task_limits.memory ? [\"is ${container.memory} MiB, more than the task's limit of " +
        '${local.task_limits.memory} MiB (`task_definition.memory`). Lower it, or raise the limit."] : [], [])',
    ],
    [
      "reservations above the task's limit",
      'try(local.reserved.memory > local.task_limits.memory ? ["task_definition.memory is ' +
        "${local.task_limits.memory} MiB, less than the ${local.reserved.memory} MiB of its containers' " +
        '`memoryReservation`. Raise it, or lower theirs."] : [], [])',
    ],
    [
      "CPU units above the task's limit",
      'try(local.reserved.cpu > local.task_limits.cpu ? ["task_definition.cpu is ${local.task_limits.cpu} CPU units, ' +
        "less than the ${local.reserved.cpu} CPU units of its containers' `cpu`. Raise it, or lower theirs.\"] : [], [])",
    ],
  ])("include %s", (_what, code) => {
    expect(problems).toContain(code);
  });

  it("name the variable of the Agent's container, or the sidecar", () => {
    expect(problems).toContain(
      'join(" ", [container.name == "datadog-agent" ? lookup({ logConfiguration = "log_configuration", ' +
        'environment = "environment", ulimits = "ulimits", memory = "memory_mib" }, field, ' +
        '"container_definition.${field}") : "container ${container.name}: ${field}", problem])',
    );
  });

  it("read the names, the essential containers, the log router, and the limits and sums in the same units", () => {
    expect(others).toEqual({
      container_names: "${local.containers[*].name}",
      essential_containers: "${[for container in local.containers : container.name if try(container.essential, true)]}",
      has_log_router: "${anytrue([for container in local.containers : can(container.firelensConfiguration)])}",
    });
    expect(reserved).toEqual({
      memory: "${sum([for container in local.containers : try(tonumber(container.memoryReservation), 0)])}",
      cpu: "${sum([for container in local.containers : try(tonumber(container.cpu), 0)])}",
    });
    expect((task_limits as Commented).value).toBe(
      "${{ for limit, text in { memory = var.task_definition.memory, cpu = var.task_definition.cpu } : limit => " +
        'try(tonumber(text), tonumber(regex("(?i)^([0-9.]+) ?(?:vcpu|gb)$", text)[0]) * 1024, null) }}',
    );
  });

  it("are refused when planning", () => {
    expect(preconditions(catalog, moduleOf())).toContainEqual({
      condition: "length(local.container_problems) == 0",
      message: '${join("\\n", local.container_problems)}',
    });
  });
});

describe("the validations of a variable with the field names of the ECS API", () => {
  const conditions = (host: string, variable: string) =>
    inputsOf(catalog, moduleOf({ host }))[variable]?.conditions.map(({ condition }) => condition);

  it("include the rules on its items, which may be of any form", () => {
    expect(conditions("linux", "sidecars")).toContain(
      'alltrue([for item in try(flatten([var.sidecars]), []) : try(item.name, null) != "datadog-agent"])',
    );
  });

  it("include the rules for the host", () => {
    const dnsServers = "try(length(try(var.container_definition.dnsServers, null)), 0) == 0";
    expect(conditions("windows", "container_definition")).toContain(dnsServers);
    expect(conditions("linux", "container_definition")).not.toContain(dnsServers);
  });
});
