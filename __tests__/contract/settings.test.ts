import { isDeepStrictEqual } from "node:util";
import { catalog } from "../../lib/catalog";
import { type Contribution, contributionOf } from "../../lib/core/feature";
import { type AgentSettings, targetOf } from "../../lib/core/scope";
import type { Setting } from "../../lib/core/setting";
import { isOperator } from "../../lib/core/term";
import { enabledFeatures } from "../../lib/core/toggles";
import { jsonSchema } from "../../lib/documentation/json-schema";
import { pairsAt, type Configuration, type Taker } from "./accepted";
import {
  construct,
  file,
  ONLY_TERRAFORMS,
  type Outputs,
  outputsOfCluster,
  outputsOfConstruct,
  serviceIn,
  taskDefinitionIn,
} from "./outputs";
import { type Place, placesOf } from "./places";

/**
 * Tries every key of a cluster, including options of features: two configurations that differ only in that key must
 * have different outputs, if its setting says so. No key is named here, so new ones are tested too.
 */

/** How many pairs can have the same output before a key counts as without effect. */
const MOST_PAIRS = 12;

/** The outputs of two configurations that differ in one key. */
type Difference = readonly [one: Outputs, other: Outputs];

const differs = (difference: Difference, part: (outputs: Outputs) => unknown) =>
  !isDeepStrictEqual(part(difference[0]), part(difference[1]));

/** The first pair of configurations with different outputs. */
function differenceAt(
  taker: Taker,
  place: Place,
  outputsOf: (configuration: Configuration) => Outputs,
): Difference | undefined {
  let tried = 0;
  for (const pair of pairsAt(taker, place)) {
    const difference: Difference = [outputsOf(pair.with), outputsOf(pair.without)];
    if (differs(difference, ({ configuration: _configuration, ...made }) => made)) return difference;
    tried += 1;
    if (tried === MOST_PAIRS) return undefined;
  }
  return undefined;
}

const placesIn = (schema: Taker["schema"]) =>
  placesOf(jsonSchema(schema)).map((place) => {
    const [key = ""] = place.path.split(".");
    return { ...place, key, setting: catalog.settings[key] as Setting };
  });
const inFile = placesIn(file.schema);
const inProps = placesIn(construct.schema);

/** The keys of two maps whose values differ. */
function differingKeys(one: object = {}, other: object = {}): string[] {
  const [a, b] = [one, other] as Record<string, unknown>[];
  return Object.keys({ ...one, ...other }).filter((key) => !isDeepStrictEqual(a?.[key], b?.[key]));
}

describe("every key of a cluster", () => {
  const differences = new Map(inFile.map((place) => [place.path, differenceAt(file, place, outputsOfCluster)]));
  const differenceOf = ({ path }: Place) => differences.get(path) as Difference;
  const ofSetting = (key: string) => inFile.filter((place) => place.key === key).map(differenceOf);

  it.each(inFile)("changes a stack, or when it is deployed: $path", ({ path }) => {
    expect(differences.get(path)).toBeDefined();
  });

  it.each(inFile)("changes the file for the AWS CLI exactly where it changes the task definition: $path", (place) => {
    const difference = differenceOf(place);
    expect(differs(difference, ({ file }) => file)).toBe(differs(difference, ({ stack }) => taskDefinitionIn(stack)));
  });

  const ofFeatures = inFile.filter(({ path }) => path.startsWith("features."));

  it.each(ofFeatures)("brings everything that its feature adds: $path", (place) => {
    const [{ configuration, file }] = differenceOf(place);
    const settings = catalog.schemas.cluster.parse(configuration) as unknown as AgentSettings;
    const target = targetOf(catalog, settings);
    const added = enabledFeatures(catalog.features, settings.features, target).flatMap(({ feature, options }) =>
      partsOf(contributionOf(feature, options, target.host)),
    );
    expect(partsIn(file)).toEqual(expect.arrayContaining(added));
  });

  it.each(ofFeatures)("changes the file for the AWS CLI where it is a feature's: $path", (place) => {
    expect(differs(differenceOf(place), ({ file }) => file)).toBe(true);
  });

  it.each(inFile)("gives the resource the fields that it gives the file: $path", (place) => {
    for (const { stack, file } of differenceOf(place)) {
      const [resource = {}] = Object.values(stack.resource?.aws_ecs_task_definition ?? {});
      const { lifecycle: _lifecycle, depends_on: _dependsOn, volume, ...fields } = resource;
      const inResource = Object.keys({ ...fields, ...(volume !== undefined && { volumes: volume }) }).filter(
        (argument) => !ONLY_TERRAFORMS.includes(argument),
      );
      expect(inResource.sort()).toEqual(Object.keys(file).map(snakeCase).sort());
    }
  });

  const shapingRoles = Object.entries(catalog.settings)
    .filter(([, { shapesRoles }]) => shapesRoles)
    .map(([key]) => key);

  it.each(shapingRoles)("changes roles, or what they may do, where it says so: %s", (key) => {
    const differing = ofSetting(key).filter((difference) => differs(difference, ({ stack }) => rolesIn(stack)));
    expect(differing.length).toBeGreaterThan(0);
  });

  describe("that is data", () => {
    const settings = Object.entries(catalog.settings).map(([key, setting]) => ({ key, setting }));
    const isData = ({ setting: { inCode } }: (typeof settings)[number]) => inCode === undefined;

    it.each(settings.filter(isData))("gives what it says to the Agent's container: $key", ({ key, setting }) => {
      const { container = {}, contribution } = setting;
      const changed = ofSetting(key).flatMap(([one, other]) =>
        differingKeys(one.file.containerDefinitions?.[0], other.file.containerDefinitions?.[0]),
      );
      const others = changed.filter((field) => !(field in container));
      expect([...new Set(changed)].sort()).toEqual([...new Set([...Object.keys(container), ...others])].sort());
      if (contribution === undefined) expect([...new Set(others)]).toEqual(fieldsWithoutDefault(key));
    });

    it.each(settings.filter(({ setting }) => setting.contribution !== undefined))(
      "adds to the task what a feature could: $key",
      ({ key, setting: { container = {}, task = {} } }) => {
        const pairs = ofSetting(key);
        const inContainer = pairs.flatMap(([one, other]) =>
          differingKeys(one.file.containerDefinitions?.[0], other.file.containerDefinitions?.[0]),
        );
        const inTask = pairs.flatMap(([one, other]) => differingKeys(one.file, other.file));
        const added = [
          ...inContainer.filter((field) => !(field in container)),
          ...inTask.filter(
            (field) => !(field in task) && (field !== "containerDefinitions" || inContainer.length === 0),
          ),
        ];
        expect(added).not.toEqual([]);
      },
    );

    it.each(settings.filter(isData))("gives what it says to the task definition: $key", ({ key, setting }) => {
      const changed = ofSetting(key).flatMap(([one, other]) => differingKeys(one.file, other.file));
      const { task = {}, contribution } = setting;
      // Contributions add volumes and similar fields.
      const others = contribution === undefined ? [] : ["volumes", "pidMode", "placementConstraints"];
      const fields = changed.filter((field) => field !== "containerDefinitions" && !others.includes(field));
      expect([...new Set(fields)].sort()).toEqual(Object.keys(task).sort());
    });

    it.each(settings.filter(isData))("gives what it says to the service: $key", ({ key, setting }) => {
      const changed = ofSetting(key).flatMap(([one, other]) =>
        differingKeys(serviceIn(one.stack), serviceIn(other.stack)),
      );
      const args = Object.keys(setting.service ?? {}).map(snakeCase);
      expect([...new Set(changed)].sort()).toEqual(args.sort());
    });

    it.each(settings)("or says why it isn't, or not only: $key", ({ setting }) => {
      const { container, task, definition, contribution, service, inCode } = setting;
      const isData = [container, task, definition, contribution, service].some((part) => part !== undefined);
      expect(inCode ?? "").toMatch(isData ? /^([a-z].*[^.])?$/ : /^[a-z].*[^.]$/);
    });
  });
});

describe("every message for an unknown key", () => {
  const keys = Object.values<Setting>(catalog.settings).flatMap(({ insteadOf = {} }) => Object.keys(insteadOf));

  it("is one setting's, and its key is no setting", () => {
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key in catalog.settings)).toEqual([]);
  });
});

describe("every prop of the construct", () => {
  it.each(inProps)("changes what it makes: $path", (place) => {
    expect(differenceAt(construct, place, outputsOfConstruct)).toBeDefined();
  });

  it("is a setting of a daemon, and every setting of a daemon is one", () => {
    const settings = Object.entries(catalog.settings).filter(([, { of }]) => of === "daemon");
    expect([...new Set(inProps.map(({ key }) => key))].sort()).toEqual(settings.map(([key]) => key).sort());
  });
});

describe("every field of ECS", () => {
  it.each(["container", "task", "service"] as const)("of a %s is one setting's", (part) => {
    const owners = Object.entries(catalog.settings).flatMap(([key, setting]) =>
      fieldsOf(setting[part] ?? {}).map((field) => [field, key] as const),
    );
    const shared = owners.filter(([field, key]) => owners.some(([other, owner]) => other === field && owner !== key));
    expect(owners.length).toBeGreaterThan(1);
    expect(shared).toEqual([]);
  });
});

/** The fields that a template sets. For a map of several settings, the fields in it. */
function fieldsOf(template: object): readonly string[] {
  return Object.entries(template).flatMap(([field, term]: [string, object | undefined]) =>
    term === undefined || typeof term !== "object" || Array.isArray(term) || isOperator(term)
      ? [field]
      : Object.keys(term).map((inner) => `${field}.${inner}`),
  );
}

/** Container fields whose default a setting replaces. */
function fieldsWithoutDefault(key: string): readonly string[] {
  return Object.values<Setting>(catalog.settings)
    .filter(({ defaultUnless = [] }) => defaultUnless.some((path) => path.split(".")[0] === key))
    .flatMap(({ container = {} }) => Object.keys(container));
}

/** The roles and their policies. */
function rolesIn({ resource = {}, locals = {} }: Outputs["stack"]): object {
  const policies = Object.entries(locals).filter(([local]) => local.includes("policy"));
  return [policies, Object.entries(resource).filter(([type]) => type.startsWith("aws_iam_"))];
}

/** What a feature must add to the file. */
function partsOf(contribution: Contribution): readonly string[] {
  const { environment = {}, mounts = [], ports = [], capabilities = [], sidecars = [], pidMode } = contribution;
  return [
    ...Object.entries(environment).map((variable) => JSON.stringify(variable)),
    ...mounts.map(({ volume, containerPath, readOnly }) => `${volume.name} ${containerPath} ${readOnly}`),
    ...mounts.map(({ volume }) => JSON.stringify(volume)),
    ...ports.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`),
    ...capabilities,
    ...sidecars.map(({ name, image }) => `${name} ${image}`),
    ...(pidMode === undefined ? [] : [`pidMode ${pidMode}`]),
  ];
}

function partsIn({ containerDefinitions = [], volumes = [], pidMode }: Outputs["file"]): readonly string[] {
  const [agent, ...sidecars] = containerDefinitions;
  const { environment = [], mountPoints = [], portMappings = [], linuxParameters } = agent ?? {};
  return [
    ...environment.map(({ name, value }) => JSON.stringify([name, value])),
    ...mountPoints.map(({ sourceVolume, containerPath, readOnly }) => `${sourceVolume} ${containerPath} ${readOnly}`),
    ...volumes.map((volume) => JSON.stringify(volume)),
    ...portMappings.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`),
    ...(linuxParameters?.capabilities?.add ?? []),
    ...sidecars.map(({ name, image }) => `${name} ${image}`),
    `pidMode ${pidMode}`,
  ];
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
