import fc from "fast-check";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type * as z from "zod";
import { catalog } from "../../lib/catalog";
import { missingTrait, type Module, toggledFeatures } from "../../lib/configuration/modules";
import { type CatalogRule, schemaOf } from "../../lib/core/catalog";
import type { Task } from "../../lib/core/assemble";
import { holds } from "../../lib/core/evaluate";
import type { Problem } from "../../lib/core/problem";
import { hostOf, type AgentSettings, scopeOf } from "../../lib/core/scope";
import {
  CONTAINER_CHECKS,
  type ContainerCheck,
  containerProblems,
  LIMIT_CHECKS,
} from "../../lib/core/validate-containers";
import { jsonSchema } from "../../lib/documentation/json-schema";
import { containerLocals } from "../../lib/outputs/terraform-module/container-checks";
import { block, type Body, named, toHcl, type Value } from "../../lib/outputs/terraform-module/document";
import { expression, mapCode, snakeCase } from "../../lib/outputs/terraform-module/hcl";
import { inputsOf } from "../../lib/outputs/terraform-module/inputs";
import { commonLocals, featuresLocals, limitLocals } from "../../lib/outputs/terraform-module/locals";
import { isVariable, labelOf, namesOf, REQUIRED, variableSchema } from "../../lib/outputs/terraform-module/names";
import { printRule } from "../../lib/outputs/terraform-module/rules";
import { safe } from "../../lib/outputs/terraform-module/validation";
import { refusalBy } from "../contract/refused";
import { cluster } from "../support/configurations";
import { moduleOf } from "../support/module";
import type { DaemonProps } from "./support/daemons";
import { anything, valuesLike } from "./support/forms";
import { togglesOf, variablesOfChecked } from "./support/modules";
import { Project, Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** Settings with the fields of the ECS API. */
const IN_API_FORM = ["containerDefinition", "sidecars", "taskDefinition"];

/** How many configurations there are for each host. */
const CASES = 200;

/** How many random values of every variable there are for each host. One apply has the checks of all variables. */
const VALUES = 60;

const seed = Number(process.env.FAST_CHECK_SEED ?? 1);
const hosts = ["linux", "windows"] as const;

const ARNS = {
  task: "arn:aws:iam::123456789012:role/task",
  execution: "arn:aws:iam::123456789012:role/execution",
  secret: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf",
  parameter: "arn:aws:ssm:eu-west-1:123456789012:parameter/key",
  kms: "arn:aws:kms:eu-west-1:123456789012:key/0",
  otherKms: "arn:aws:kms:us-east-1:123456789012:key/0",
};

/** A configuration that breaks a rule that is seldom broken by chance: a flavor in the tag and in a feature. */
const flavorTwice = { site: "ddog-gov.com", features: { fipsAgent: true }, image: { tag: "7-jmx" } };

/** Options that need another feature, without it: chance seldom makes them. */
const lonelyOptions = (module: Module) =>
  Object.entries(catalog.features)
    .filter(([, feature]) => missingTrait(catalog, module, feature) === undefined)
    .flatMap(([name, { optionNeeds = {} }]) =>
      Object.keys(optionNeeds).map((option) => ({ features: { [name]: { [option]: true } } })),
    );

/** For each rule of the module a configuration that breaks it. */
const refused = (module: Module) => {
  const names = namesOf(catalog, module);
  const rules = catalog.rules.filter((rule) => printRule(catalog, module, names, rule) !== undefined);
  return rules.flatMap((rule) => {
    const base = { cluster: "production", host: module.host, apiKey: { secretsManagerArn: ARNS.secret } };
    const taker = { catalog, schema: catalog.schemas.daemon, base, takes: () => true };
    const { configuration } = refusalBy(taker, rule) ?? {};
    return configuration?.host === module.host && !hasTemplate(configuration) ? [configuration] : [];
  });
};

/** Features that work through another one, which is off. */
const cutOff = Object.entries(catalog.features).flatMap(([name, { through = {} }]) =>
  Object.keys(through).map((other) => ({ features: { [name]: true, [other]: false } })),
);

/** Each key as often as not. */
function someKeys(values: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record(values)
    .chain((all) =>
      fc.subarray(Object.entries(all)).map((some) => Object.fromEntries(some) as Record<string, unknown>),
    );
}

/** Values that rules are about, each right by itself, and often wrong together. */
const contrary = someKeys({
  site: fc.constantFrom("datadoghq.com", "ddog-gov.com"),
  launchType: fc.constantFrom("EC2", "EXTERNAL"),
  networkMode: fc.constantFrom("bridge", "host", "awsvpc"),
  subnets: fc.constantFrom([], ["subnet-0123456789abcdef0"]),
  securityGroups: fc.constantFrom([], ["sg-0123456789abcdef0"]),
  applicationSecurityGroups: fc.constant(["sg-0123456789abcdef1"]),
  image: someKeys({
    tag: fc.constantFrom(
      "latest",
      "7",
      "7.40.1",
      "7.40.0",
      "7.50.0",
      "7.60.0",
      "7.77.0",
      "7.82.0",
      "7.99.0",
      "7-jmx",
      "7.40.0-fips",
    ),
    flavor: fc.constantFrom("jmx", "full", "fips", "fips-jmx"),
    digest: fc.constant(`sha256:${"0".repeat(64)}`),
  }),
  environment: fc.constantFrom({}, { DD_API_KEY: "a" }, { DD_HOSTNAME: "a", DD_SITE: "b" }),
  environmentOverrides: fc.constantFrom({}, { DD_API_KEY: "a" }, { DD_HOSTNAME: "a", DD_SITE: "b" }),
  checks: fc.constantFrom({}, { network_path: { instances: [{ hostname: "a" }] } }),
  placementConstraints: fc.array(
    fc.constantFrom({ type: "distinctInstance" }, { type: "memberOf" }, { type: "memberOf", expression: "a" }),
    { maxLength: 3 },
  ),
  taskRoleArn: fc.constant(ARNS.task),
  executionRoleArn: fc.constant(ARNS.execution),
  createdRoles: someKeys({
    namePrefix: fc.constant("a-"),
    taskRoleName: fc.constant("a"),
    executionRoleName: fc.constant("b"),
  }),
  apiKey: someKeys({
    secretsManagerArn: fc.constantFrom(ARNS.secret, `${ARNS.secret}:key::`),
    ssmParameterArn: fc.constant(ARNS.parameter),
    createSecret: fc.constant({ name: "a" }),
    jsonKey: fc.constant("key"),
    versionStage: fc.constant("AWSCURRENT"),
    kmsKeyArn: fc.constantFrom(ARNS.kms, ARNS.otherKms),
  }),
});

/** Nearly all features, on, with old Agents, far from where they work. */
const eager = fc
  .tuple(cluster, cluster, contrary)
  .map(([first, second, keys]) => {
    const features = { ...(first.features as object), ...(second.features as object) };
    const on = Object.entries(features).map(([name, toggle]) => [name, name === "fipsAgent" || toggle]);
    return { ...keys, features: Object.fromEntries(on) as object };
  })
  // Terraform's tables of letters are older than Node's.
  .filter((keys) => !/[^\p{ASCII}\u00c0-\u017f]/u.test(JSON.stringify(keys)))
  .filter((keys) => !hasTemplate(keys));

/** Whether Terraform would evaluate something in a value, which this test doesn't compare. */
function hasTemplate(value: unknown): boolean {
  return /[$%]\{/.test(JSON.stringify(value));
}

/** What the rules see of a configuration; what the host lacks is refused before. */
function settingsOf(module: Module, keys: object): AgentSettings {
  const known = new Set(toggledFeatures(catalog, module).map(({ name }) => name));
  const { features = {} } = keys as { features?: object };
  const toggles = Object.entries(features).filter(([name]) => known.has(name));
  const props = {
    cluster: "production",
    host: module.host,
    apiKey: {},
    ...keys,
    features: Object.fromEntries(toggles) as object,
  };
  return catalog.schemas.daemon.parse(props) as unknown as AgentSettings;
}

/** The variables of a module, without their checks. */
function uncheckedVariables(module: Module): Value {
  const variables = Object.entries(inputsOf(catalog, module)).map(([name, { type, default: value, nullable }]) => {
    return [name, { type: expression(type), nullable, ...(value !== undefined && { default: value }) }] as const;
  });
  return named(Object.fromEntries(variables));
}

/** A module with the variables and features of the real one, which outputs the verdicts of its rules. */
function rulesModule(module: Module): Body {
  const names = namesOf(catalog, module);
  const { image_flavors, agent_version } = commonLocals(catalog, module);
  const verdicts = catalog.rules.map((rule) => printRule(catalog, module, names, rule)?.condition ?? "true");
  return {
    variable: uncheckedVariables(module),
    locals: block({
      ...featuresLocals(catalog, module),
      ...limitLocals(catalog, module),
      image_flavors,
      agent_version,
    }),
    output: named({ verdicts: { value: expression(`[${verdicts.join(", ")}]`) } }),
  };
}

/** A module that outputs whether the checks of each of its variables hold. */
function formsModule(module: Module): Body {
  const verdicts = Object.entries(inputsOf(catalog, module)).map(
    ([name, { conditions }]) =>
      [name, `alltrue([${conditions.map(({ condition }) => safe(condition)).join(", ")}])`] as const,
  );
  return {
    variable: uncheckedVariables(module),
    output: named({ verdicts: { value: expression(mapCode(verdicts)) } }),
  };
}

/** How many instances a module call has: what Terraform spends on a call grows with their square. */
const INSTANCES = 25;

/** One apply of a module for each of many sets of variables; all verdicts at once. */
async function verdictsOf<Verdicts>(
  root: Root,
  module: Body,
  variables: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly Verdicts[]> {
  mkdirSync(join(root.folder, "module"), { recursive: true });
  writeFileSync(join(root.folder, "module", "main.tf"), toHcl(module));
  const given = [...new Set(variables.flatMap((each) => Object.keys(each)))];
  const calls = Array.from({ length: Math.ceil(variables.length / INSTANCES) }, (_, call) => {
    const cases = variables.slice(call * INSTANCES, (call + 1) * INSTANCES);
    return { name: `call_${call}`, cases, indices: cases.map((_, index) => String(index)) };
  });
  const json = {
    locals: Object.fromEntries(calls.map(({ name, cases }) => [name, cases])),
    module: Object.fromEntries(
      calls.map(({ name, indices }) => {
        const values = given.map((key) => [key, `\${try(local.${name}[tonumber(each.key)].${key}, null)}`] as const);
        return [
          name,
          { source: "./module", for_each: `\${toset(${JSON.stringify(indices)})}`, ...Object.fromEntries(values) },
        ];
      }),
    ),
    output: Object.fromEntries(
      calls.map(({ name, indices }) => {
        const verdicts = indices.map((index) => `module.${name}["${index}"].verdicts`);
        return [name, { value: `\${[${verdicts.join(", ")}]}` }];
      }),
    ),
  };
  writeFileSync(join(root.folder, "main.tf.json"), JSON.stringify(json));
  await root.init();
  await root.apply();
  const outputs = await root.outputs();
  return calls.flatMap(({ name }) => outputs[name] as readonly Verdicts[]);
}

describeEndToEnd("a check in TypeScript and in Terraform", () => {
  const project = new Project();
  afterAll(() => project.remove());

  it.each(hosts)("has the same verdict for every rule of the catalog on %s", async (host) => {
    const module = moduleOf({ host });
    const random = fc.sample(eager, { seed, numRuns: CASES });
    const cases = [
      ...random,
      flavorTwice,
      ...lonelyOptions(module),
      ...cutOff,
      ...refused(module),
      { checks: { network_path: { instances: [{}] } } },
    ].map((keys) => settingsOf(module, keys));
    const variables = cases.map((settings) => variablesOfChecked(settings as DaemonProps));
    const root = new Root(join(project.folder, `rules-${host}`), {});
    const byTerraform = await verdictsOf<boolean[]>(root, rulesModule(module), variables);
    const counts = { held: 0, broken: 0 };
    const broken = new Set<CatalogRule>();
    const differing: unknown[] = [];
    for (const [index, settings] of cases.entries()) {
      const scope = scopeOf(catalog, settings);
      for (const [at, rule] of catalog.rules.entries()) {
        const verdict = holds(rule.holds, scope);
        // The whole of the settings is too long to print for each difference.
        if (byTerraform[index]?.[at] !== verdict) differing.push([index, rule.at, rule.must, verdict]);
        counts[verdict ? "held" : "broken"]++;
        if (!verdict) broken.add(rule);
      }
    }
    expect(differing.slice(0, 20)).toEqual([]);
    expect(counts.broken).toBeGreaterThan(1000);
    expect(counts.held).toBeGreaterThan(1000);
    // Each that is in the module was broken, but for those that the variable's own form can't break.
    const names = namesOf(catalog, module);
    const unbroken = catalog.rules.filter(
      (rule) => !broken.has(rule) && printRule(catalog, module, names, rule) !== undefined,
    );
    const { valuesOn } = catalog.settings.networkMode ?? {};
    const missed = unbroken.filter(
      ({ at }) => at !== "networkMode" || valuesOn?.(hostOf(catalog, module)).length === 1,
    );
    expect(missed.map(({ at, must }) => [at, must])).toEqual([]);
  });

  it.each(hosts)("has the same verdict on the values of every variable on %s", async (host) => {
    const module = moduleOf({ host });
    const { traits } = hostOf(catalog, module);
    const settings = Object.entries(catalog.settings).filter(
      ([key, setting]) => isVariable(setting, traits) && key !== "features" && !("partOf" in (setting.module ?? {})),
    );
    const ownRules = ownRulesOf(module);
    const schemas = Object.fromEntries(settings.map(([key, setting]) => [key, schemaOf(setting, catalog)] as const));
    const values = fc.record(
      Object.fromEntries(settings.map(([key]) => [key, valuesLike(variableSchema(catalog, key))] as const)),
      { requiredKeys: [REQUIRED] },
    );
    const cases = fc.sample(fc.record({ values, features: someFeatures }), { seed, numRuns: VALUES });
    const variables = cases.map(({ values: keys, features }) => ({
      ...variablesOfChecked(keys as DaemonProps),
      features: togglesOf(features),
    }));
    const root = new Root(join(project.folder, `forms-${host}`), {});
    const byTerraform = await verdictsOf<Record<string, boolean>>(root, formsModule(module), variables);
    const counts = { held: 0, broken: 0 };
    const differing: unknown[] = [];
    for (const [index, { values: keys, features }] of cases.entries()) {
      const expected = settings.flatMap(([key]): [string, unknown, boolean][] => {
        // Terraform takes an empty list for none.
        const own = ownRules.get(`var.${snakeCase(key)}`) ?? [];
        if (keys[key] === undefined || (Array.isArray(keys[key]) && keys[key].length === 0)) return [];
        return [[key, keys[key], accepts(schemas[key] as z.ZodType, key, keys[key], host, own)]];
      });
      expected.push(["features", features, acceptsFeatures(features, module)]);
      for (const [key, value, verdict] of expected) {
        const byModule = byTerraform[index]?.[snakeCase(key)];
        // The module leaves nested fields of the API to ECS.
        if (byModule !== verdict && !(IN_API_FORM.includes(key) && byModule)) differing.push([key, value, verdict]);
        counts[verdict ? "held" : "broken"]++;
      }
    }
    expect(differing.slice(0, 20)).toEqual([]);
    expect(counts.broken).toBeGreaterThan(500);
    expect(counts.held).toBeGreaterThan(500);
  });

  it("has the same problems of the containers of a task", async () => {
    const module = moduleOf();
    const tasks = fc.sample(someTask, { seed, numRuns: CASES });
    const root = new Root(join(project.folder, "containers"), {});
    const byTerraform = await verdictsOf<string[]>(
      root,
      containersModule(module),
      tasks.map(({ containerDefinitions: containers, cpu, memory }) => ({
        containers,
        task_definition: { cpu, memory },
      })),
    );
    // Terraform has no recursion, which finding a cycle needs.
    const found = tasks.map((task) => containerProblems(task).filter(({ message }) => !message.includes("cycle")));
    const expected = found.map((problems) => problems.map((problem) => inModule(module, problem)));
    expect(byTerraform.map((problems) => problems.toSorted())).toEqual(expected.map((texts) => texts.toSorted()));
    const unbroken = Object.entries<ContainerCheck>(CONTAINER_CHECKS).filter(
      ([, { refused }]) =>
        !tasks.some((task) => task.containerDefinitions.some((each) => refused(each, task).length > 0)),
    );
    expect(unbroken.map(([name]) => name)).toEqual([]);
    for (const { limit } of LIMIT_CHECKS) {
      expect(expected.flat()).toContainEqual(expect.stringMatching(`^task_definition.${limit} is`));
    }
    expect(expected.filter((texts) => texts.length === 0).length).toBeGreaterThan(5);
  });
});

/** Names in references: of containers that are in some of the tasks, or in none. */
const someName = fc.constantFrom("datadog-agent", "init", "router", "app");

const someContainer = someKeys({
  dependsOn: fc.array(
    fc.record({ containerName: someName, condition: fc.constantFrom("START", "COMPLETE", "SUCCESS", "HEALTHY") }),
    { maxLength: 2 },
  ),
  links: fc.array(
    someName.map((name) => `${name}:alias`),
    { maxLength: 2 },
  ),
  volumesFrom: fc.array(fc.record({ sourceContainer: someName }), { maxLength: 2 }),
  essential: fc.boolean(),
  logConfiguration: fc.constantFrom({ logDriver: "awsfirelens" }, { logDriver: "json-file" }),
  firelensConfiguration: fc.constant({ type: "fluentbit" }),
  environment: fc.constantFrom([], [{ name: "A", value: "a" }]),
  secrets: fc.constantFrom([{ name: "A", valueFrom: "a" }], [{ name: "B", valueFrom: "b" }]),
  ulimits: fc.array(fc.record({ name: fc.constantFrom("nofile", "nproc") }), { maxLength: 3 }),
  memory: fc.constantFrom(512, 1024, 1025),
  memoryReservation: fc.constantFrom(256, 512, 768),
  cpu: fc.constantFrom(0, 128, 129),
});

/** Tasks with the Agent's container and up to two others. */
const someTask: fc.Arbitrary<Task> = fc
  .record({
    agent: someContainer,
    init: fc.option(someContainer),
    router: fc.option(someContainer),
    limits: someKeys({
      cpu: fc.constantFrom("256", ".25 vCPU", "0.5vcpu", "1 core"),
      memory: fc.constantFrom("1024", "1 GB", "2gb", "1024 MB"),
    }),
  })
  .map(({ agent, init, router, limits }) => ({
    ...limits,
    family: "agent",
    containerDefinitions: [
      { ...agent, name: "datadog-agent" },
      ...(init === null ? [] : [{ ...init, name: "init" }]),
      ...(router === null ? [] : [{ ...router, name: "router" }]),
    ],
  }));

/** A module that outputs the problems of the containers in its variable. */
function containersModule(module: Module): Body {
  return {
    variable: named({
      containers: { type: expression("any") },
      task_definition: { type: expression("object({ cpu = optional(string), memory = optional(string) })") },
    }),
    locals: block({ containers: expression("var.containers"), ...containerLocals(catalog, module) }),
    output: named({ verdicts: { value: expression("local.container_problems") } }),
  };
}

/** A problem in the words of the module. */
function inModule(module: Module, { path: [key = "", ...rest], message }: Problem): string {
  const text = message.replaceAll("taskDefinition.", "task_definition.");
  if (key === "sidecars") return text.replace("environment.", "environment ");
  const isVariable = key === "environment";
  return `${isVariable ? [key, ...rest].join(" ") : labelOf(catalog, module, [key, ...rest].join("."))} ${text}`;
}

/** Features of which anything may be wrong. */
const someFeatures = fc.oneof(
  fc
    .record(
      Object.fromEntries(
        Object.entries(catalog.features).map(([name, { options }]) => [
          name,
          fc.oneof(
            { arbitrary: valuesLike(jsonSchema(options)), weight: 5 },
            { arbitrary: fc.boolean(), weight: 5 },
            { arbitrary: anything, weight: 1 },
          ),
        ]),
      ),
      { requiredKeys: [] },
    )
    .chain((all) =>
      fc.subarray(Object.entries(all), { maxLength: 4 }).map((some) => Object.fromEntries(some) as object),
    ),
  fc.dictionary(fc.constantFrom("apm", "npm", "log", "sbom", "logs"), anything, { maxKeys: 2 }),
) as fc.Arbitrary<Record<string, unknown>>;

/** The rules that read one variable only, by its reference. */
function ownRulesOf(module: Module): ReadonlyMap<string, readonly CatalogRule[]> {
  const names = namesOf(catalog, module);
  const rules = new Map<string, CatalogRule[]>();
  for (const rule of catalog.rules) {
    const variable = printRule(catalog, module, names, rule)?.references.join() ?? "";
    rules.set(variable, [...(rules.get(variable) ?? []), rule]);
  }
  return rules;
}

/** Whether a value has the form that its setting wants, and keeps the rules about it only. */
function accepts(schema: z.ZodType, key: string, value: unknown, host: string, rules: readonly CatalogRule[]): boolean {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return false;
  const settings = {
    host,
    site: "datadoghq.com",
    image: { tag: "latest" },
    features: {},
    environment: {},
  };
  const scope = scopeOf(catalog, { ...settings, [key]: parsed.data } as unknown as AgentSettings);
  return rules.every((rule) => holds(rule.holds, scope) !== false);
}

/** Null, in Terraform, is what isn't given. */
function acceptsFeatures(features: Readonly<Record<string, unknown>>, module: Module): boolean {
  const withoutNulls = (value: object) =>
    Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
  const given = Object.entries(withoutNulls(features)).map(([name, toggle]: [string, unknown]) => [
    name,
    typeof toggle === "object" && toggle !== null && !Array.isArray(toggle) ? withoutNulls(toggle) : toggle,
  ]);
  const setting = catalog.settings.features;
  const isKnown = setting !== undefined && schemaOf(setting, catalog).safeParse(Object.fromEntries(given)).success;
  return (
    isKnown &&
    given.every(([name, toggle]) => {
      const feature = catalog.features[String(name)];
      return toggle === false || feature === undefined || missingTrait(catalog, module, feature) === undefined;
    })
  );
}
