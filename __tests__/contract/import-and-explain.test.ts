import fc from "fast-check";
import { parse, stringify } from "yaml";
import { catalog } from "../../lib/catalog";
import type { Checked, ClusterOnHost } from "../../lib/configuration/types";
import { agentTask } from "../../lib/core/agent-task";
import type { Feature } from "../../lib/core/feature";
import type { Setting } from "../../lib/core/setting";
import { ConfigurationError } from "../../lib/core/problem";
import { awsCliJson } from "../../lib/outputs/aws-cli";
import { explain } from "../../lib/outputs/explain";
import { importDefinition } from "../../lib/outputs/import";
import { configurationOf } from "../support/clusters";
import { everyOption, optionSets } from "../support/options";
import { settingArbitrary } from "../support/settings";
import { API_KEY_ARN } from "../support/task";

/** Every setting and every option of a feature is in `import` and `explain`, or has a reason why it isn't. */

type Keys = Readonly<Record<string, unknown>>;
type OnHost = Checked<ClusterOnHost>;

const settings = Object.entries(catalog.settings);
const features = Object.entries(catalog.features);

/** A cluster with these keys. Undefined if it is invalid. */
function load(keys: Keys): OnHost | undefined {
  try {
    return configurationOf(stringify({ clusters: [{ name: "a", ...keys }] })).stacks[0]?.clusters[0].onHosts[0];
  } catch (error) {
    if (error instanceof ConfigurationError) return undefined;
    throw error;
  }
}

/** Other settings that the values of a setting need. */
const COMPANIONS: Readonly<Record<string, Keys>> = {
  shareRoles: { stack: "wave" },
  attachPolicies: { taskRoleArn: "arn:aws:iam::123456789012:role/a" },
  subnets: { networkMode: "awsvpc" },
  securityGroups: { networkMode: "awsvpc", subnets: ["subnet-0123456789abcdef0"] },
  createLogGroup: {
    logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/datadog", "awslogs-region": "eu-west-1" } },
  },
  applicationSecurityGroups: { networkMode: "awsvpc", subnets: ["subnet-0123456789abcdef0"] },
};

/** Valid values other than the default, for settings that reject most random values. */
const SAMPLES: Readonly<Record<string, readonly unknown[]>> = {
  cluster: ["production"],
  region: ["eu-west-1"],
  apiKey: [
    { secretsManagerArn: API_KEY_ARN, jsonKey: "api_key", versionStage: "AWSPREVIOUS" },
    { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/a" },
  ],
  accountId: ["123456789012"],
  provider: [{ profile: "a" }],
  backend: [{ local: { path: "a" } }],
  shareRoles: [true],
  attachPolicies: [true],
  hosts: [["windows"]],
  resourceTags: [{ team: "a", owner: "b c" }],
  networkMode: ["host"],
  features: [{ logs: true }],
  // Others are imported as `environment`.
  environmentOverrides: [{ DD_APM_ENABLED: "true" }],
  taskRoleArn: ["arn:aws:iam::123456789012:role/a"],
  executionRoleArn: ["arn:aws:iam::123456789012:role/a"],
  createdRoles: [{ path: "/a/" }],
  repositoryCredentials: ["arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf"],
  taskPlacementConstraints: [["attribute:ecs.instance-type =~ m5.*", "attribute:ecs.cpu-architecture == arm64"]],
  containerDefinition: [
    {
      dnsServers: ["10.0.0.2"],
      hostname: "agent",
      interactive: true,
      startTimeout: 30,
      versionConsistency: "disabled",
    },
    {
      linuxParameters: {
        sharedMemorySize: 64,
        devices: [{ hostPath: "/dev/a", permissions: ["read"] }],
        tmpfs: [{ containerPath: "/a", size: 16 }],
      },
      resourceRequirements: [{ type: "GPU", value: "1" }],
    },
  ],
  mounts: [
    [{ containerPath: "/etc/agent-data", volume: { name: "agent-data", host: { sourcePath: "/etc/agent-data" } } }],
    [
      {
        containerPath: "/data",
        readOnly: false,
        volume: {
          name: "data",
          efsVolumeConfiguration: {
            fileSystemId: "fs-1234",
            transitEncryption: "ENABLED",
            authorizationConfig: { accessPointId: "fsap-1234", iam: "ENABLED" },
          },
        },
      },
      { containerPath: "/cache", readOnly: false, volume: { name: "cache" } },
    ],
  ],
  volumes: [[{ name: "a", dockerVolumeConfiguration: { scope: "shared", autoprovision: true, labels: { a: "b" } } }]],
  sidecars: [
    [
      {
        name: "router",
        image: "fluent-bit:1",
        memory: 64,
        essential: false,
        firelensConfiguration: { type: "fluentbit" },
        environment: [{ name: "A", value: "b" }],
      },
    ],
  ],
  image: [
    { tag: "7.70.0", flavor: "jmx" },
    { repository: "mirror/agent", digest: `sha256:${"0".repeat(64)}` },
  ],
};

/** Clusters with this setting and otherwise default values. */
function withSetting(key: string, setting: Setting): readonly { readonly keys: Keys; readonly loaded: OnHost }[] {
  const values = SAMPLES[key] ?? fc.sample(settingArbitrary(setting), { numRuns: 20, seed: 1 });
  const byDefault = settingOf(load({}), key);
  const all = values.flatMap((value) => {
    const keys = { ...COMPANIONS[key], [key]: value };
    const loaded = load(keys);
    return loaded === undefined || settingOf(loaded, key) === byDefault ? [] : [{ keys, loaded }];
  });
  return all.slice(0, 3);
}

function settingOf(loaded: OnHost | undefined, key: string): string {
  return JSON.stringify((loaded?.values as Keys | undefined)?.[key]);
}

/** The deployed task definition of a cluster. */
function deployed({ values, apiKey }: OnHost) {
  const { taskRoleArn = "arn:aws:iam::123456789012:role/made", executionRoleArn = taskRoleArn, resourceTags } = values;
  const source = "arn" in apiKey && apiKey.arn.startsWith("arn:") ? apiKey.arn : API_KEY_ARN;
  const { task } = agentTask(catalog, values, { arn: source });
  const tags = Object.entries(resourceTags).map(([tag, value]) => ({ key: tag, value }));
  return JSON.parse(awsCliJson({ ...task, taskRoleArn, executionRoleArn, tags })) as Keys;
}

function imported(loaded: OnHost): { readonly entry: Keys; readonly again: OnHost | undefined } {
  const taskDefinitionArn = `arn:aws:ecs:${loaded.values.region ?? "us-east-1"}:123456789012:task-definition/a:1`;
  const yaml = importDefinition(catalog, JSON.stringify({ ...deployed(loaded), taskDefinitionArn }), "a.json");
  const { clusters } = parse(yaml) as { clusters: [Keys] };
  return { entry: clusters[0], again: load(clusters[0]) };
}

describe("every setting", () => {
  // `hosts` is converted to `host`, and `adopt` needs an existing service.
  const shown = settings.filter(([key]) => !["adopt", "hosts", "features"].includes(key));

  it.each(settings.filter(([, { notImported }]) => notImported === undefined))(
    "is imported from a task definition: %s",
    (key, setting) => {
      const samples = withSetting(key, setting);
      expect(samples).not.toEqual([]);
      for (const { loaded } of samples) {
        const { entry, again } = imported(loaded);
        // They belong to the service. Those of a task definition are imported, too.
        const place = key === "placementConstraints" ? [] : [key];
        expect(Object.keys(entry)).toEqual(expect.arrayContaining(place));
        expect(deployed(again as OnHost)).toEqual(deployed(loaded));
      }
    },
  );

  it.each(settings.filter(([, { notImported }]) => notImported !== undefined))(
    "has a reason if it isn't imported: %s",
    (key, setting) => {
      expect(setting.notImported).toMatch(/^[a-zA-Z].{10,}[^.]$/);
      if (key === "name") return;
      for (const { loaded } of withSetting(key, setting)) expect(imported(loaded).entry).not.toHaveProperty(key);
    },
  );

  it.each(shown)("is in explain: %s", (key, setting) => {
    const samples = withSetting(key, setting);
    expect(samples).not.toEqual([]);
    for (const { loaded } of samples) {
      const [, settingsBlock = ""] = explain(catalog, loaded).split("\n\n  settings: ");
      expect(settingsBlock).toMatch(new RegExp(`^ {4}${key} +\\S`, "m"));
    }
  });
});

describe("every feature", () => {
  /** A configuration in which a feature is supported. */
  function around([name, feature]: readonly [string, Feature], options: unknown): Keys {
    const site = feature.sites?.only[0];
    const needed = [...Object.keys(feature.needs ?? {}), ...Object.values(feature.optionNeeds ?? {})];
    const replaced = Object.keys({ ...feature.replaces, ...feature.excludes });
    return {
      ...(site !== undefined && { site }),
      ...(feature.imageFlavor !== undefined && { image: { flavor: feature.imageFlavor } }),
      features: {
        ...Object.fromEntries(needed.map((other) => [other, true])),
        ...Object.fromEntries(replaced.map((other) => [other, false])),
        [name]: options,
      },
    };
  }

  const options = features.flatMap(([name, feature]) =>
    Object.keys(feature.options.shape).map((option) => ({ name, option, feature })),
  );

  it.each(features)("is imported from a task definition, with every option: %s", (name, feature) => {
    for (const given of optionSets(feature)) {
      const loaded = load(around([name, feature], given)) as OnHost;
      const { again } = imported(loaded);
      expect(again?.task.features).toContain(name);
      expect(deployed(again as OnHost)).toEqual(deployed(loaded));
      expect(again?.values.environment).toEqual({});
      expect(again?.values.environmentOverrides).toEqual({});
    }
  });

  it.each(features)("is in explain, with every option: %s", (name, feature) => {
    const loaded = load(around([name, feature], everyOption(feature))) as OnHost;
    const text = explain(catalog, loaded, name);
    expect(text).toContain(`\n  ${name}: ${feature.summary}\n`);
    for (const { option } of options.filter((each) => each.name === name)) {
      expect(text).toMatch(new RegExp(`^ {4}(?:Options)? +${option} +\\S`, "m"));
    }
  });
});
