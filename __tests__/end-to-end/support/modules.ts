import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { catalog } from "../../../lib/catalog";
import { checkModule } from "../../../lib/configuration/modules";
import { hostOf } from "../../../lib/core/scope";
import { terraformModule } from "../../../lib/outputs/terraform-module";
import { snakeCase } from "../../../lib/outputs/terraform-module/hcl";
import { isVariable } from "../../../lib/outputs/terraform-module/names";
import type { DaemonProps } from "./daemons";

/** Writes the folder of a module for an entry of `modules`. */
export function writeModule(folder: string, entry: Readonly<Record<string, unknown>>): void {
  const { value, problems } = checkModule(catalog, entry);
  if (problems) throw new Error(JSON.stringify(problems));
  for (const [path, text] of terraformModule(catalog, value)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/**
 * Writes a root module with one module block for each host, with a `for_each` over its daemons. All other settings are
 * variables.
 */
export function writeCalls(folder: string, daemons: Readonly<Record<string, DaemonProps>>): void {
  const byHost = new Map<string, Record<string, unknown>>();
  for (const [id, props] of Object.entries(daemons)) {
    const { host = "linux" } = props;
    byHost.set(host, { ...byHost.get(host), [id]: variablesOf(props) });
  }
  const modules = [...byHost].map(([host, calls]) => {
    const name = `agent-${host}`;
    writeModule(join(folder, "modules", name), { name, host });
    const given = new Set(Object.values(calls).flatMap((call) => Object.keys(call as object)));
    const variables = [...given].map((variable) => [variable, `\${try(each.value.${variable}, null)}`]);
    const call = {
      source: `./modules/${name}`,
      for_each: `\${local.${name}}`,
      ...Object.fromEntries(variables),
    } as object;
    return { name, calls, call };
  });
  const root = {
    provider: { aws: {} },
    locals: Object.fromEntries(modules.map(({ name, calls }) => [name, calls])),
    module: Object.fromEntries(modules.map(({ name, call }) => [name, call])),
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(root));
}

/** A daemon's props as the module's variables. */
export function variablesOf(props: DaemonProps): Record<string, unknown> {
  return variablesOfChecked(catalog.schemas.daemon.parse(props));
}

/** The same for props that may be invalid. */
export function variablesOfChecked(props: DaemonProps): Record<string, unknown> {
  const { host = "linux", apiKey, features = {}, healthCheck, ...settings } = props;
  const { taskRoleArn, executionRoleArn, attachPolicies, createdRoles, ...rest } = settings;
  const { traits } = hostOf(catalog, { host });
  // A module has no variables for settings that its host doesn't support.
  const onHost = Object.entries(rest).filter(([key]) => {
    const setting = catalog.settings[key];
    return setting !== undefined && isVariable(setting, traits);
  });
  const role = (arn: string | undefined) => arn && { arn, attach_policies: attachPolicies ?? false };
  return {
    ...attributes(Object.fromEntries(onHost)),
    ...(apiKey && { api_key: attributes(apiKey) }),
    features: togglesOf(features),
    ...(healthCheck !== undefined && { health_check: healthCheck === false ? null : attributes(healthCheck) }),
    ...(createdRoles && { created_roles: attributes(createdRoles) }),
    ...(taskRoleArn && { task_role: role(taskRoleArn) }),
    ...(executionRoleArn && { execution_role: role(executionRoleArn) }),
  };
}

/** Features and options with their names in the module. */
export function togglesOf(features: object): Record<string, unknown> {
  return attributes(features);
}

/** Maps with arbitrary keys, and values with the field names of the ECS API. */
const MAPS = [
  ...["tags", "environment", "environmentOverrides", "checks", "resourceTags", "secrets", "dockerLabels", "options"],
  ...["driverOpts", "labels", "conditions", "containerDefinition", "sidecars"],
];

function attributes(settings: object): Record<string, unknown> {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]: [string, unknown]) => [snakeCase(key), MAPS.includes(key) ? value : inTerraform(value)]),
  );
}

function inTerraform(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inTerraform);
  return typeof value === "object" && value !== null ? attributes(value) : value;
}
