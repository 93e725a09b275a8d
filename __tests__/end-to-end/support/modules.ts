import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { checkModule } from "../../../lib/configuration/modules";
import { daemonSchema } from "../../../lib/configuration/schema";
import { terraformModule } from "../../../lib/handoff/terraform-module";
import { snakeCase } from "../../../lib/handoff/terraform-module/hcl";

/** Writes a module's folder, as an entry of `modules` describes it. */
export function writeModule(folder: string, entry: Readonly<Record<string, unknown>>): void {
  const { value, problems } = checkModule(entry);
  if (problems) throw new Error(JSON.stringify(problems));
  for (const [path, text] of terraformModule(value)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The module for a daemon, in which the options of its features are fixed; those of the FIPS proxy go with its site. */
export function moduleEntry(name: string, { host, site, features = {} }: z.input<typeof daemonSchema>) {
  const options = Object.entries(features).filter(([, toggle]) => typeof toggle === "object");
  return { name, host, site, features: Object.fromEntries(options) };
}

/**
 * A root module that asks for daemons by modules: one for each host and set of options, with a `for_each` over the
 * daemons that are made of it. Everything but the options of features is a variable.
 */
export function writeCalls(folder: string, daemons: Readonly<Record<string, z.input<typeof daemonSchema>>>): void {
  const bySource = new Map<string, Record<string, unknown>>();
  for (const [id, props] of Object.entries(daemons)) {
    const entry = JSON.stringify(moduleEntry("agent", props));
    bySource.set(entry, { ...bySource.get(entry), [id]: variablesOf(props) });
  }
  const modules = [...bySource].map(([entry, calls], index) => {
    const name = `agent-${index}`;
    writeModule(join(folder, "modules", name), JSON.parse(entry) as Record<string, unknown>);
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
export function variablesOf(props: z.input<typeof daemonSchema>): Record<string, unknown> {
  const { host, apiKey, features, healthCheck, ...settings } = daemonSchema.parse(props);
  const { taskRoleArn, executionRoleArn, attachPolicies, capabilities, createdRoles, ...rest } = settings;
  const role = (arn: string | undefined) => arn && { arn, attach_policies: attachPolicies };
  const toggles = Object.entries(features).map(([name, toggle]) => [snakeCase(name), Boolean(toggle)]);
  return {
    ...attributes(rest),
    api_key: attributes(apiKey),
    features: Object.fromEntries(toggles) as Record<string, boolean>,
    health_check: healthCheck === false ? null : attributes(healthCheck),
    created_roles: attributes(createdRoles),
    ...(host !== "windows" && { capabilities }),
    ...(taskRoleArn && { task_role: role(taskRoleArn) }),
    ...(executionRoleArn && { execution_role: role(executionRoleArn) }),
  };
}

const MAPS = ["tags", "environment", "resourceTags"];

function attributes(settings: object): Record<string, unknown> {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]: [string, unknown]) => [
      snakeCase(key),
      typeof value === "object" && value !== null && !Array.isArray(value) && !MAPS.includes(key)
        ? attributes(value)
        : value,
    ]),
  );
}
