import { catalog } from "../../lib/catalog";
import type { Module } from "../../lib/configuration/interfaces";
import { parseConfiguration } from "../../lib/configuration/load";
import { availableFeatures, missingTrait } from "../../lib/configuration/modules";
import { ConfigurationError } from "../../lib/core/problem";
import { moduleOf } from "../support/module";

const CLUSTERS = "clusters: [{ name: a }]\n";

function modulesOf(text: string): readonly Module[] {
  return parseConfiguration(catalog, `${CLUSTERS}${text}`, "clusters.yaml").modules;
}

/** The problems as users see them, without the heading. */
function refusal(text: string): string[] {
  try {
    modulesOf(text);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split(/\n\n {2}/).slice(1);
    throw error;
  }
  throw new Error("The configuration was accepted.");
}

/** The first of 16 ports of the FIPS proxy, which include APM's port 8126. */
const withProxyAt = (port: number) => `site: ddog-gov.com, features: { fipsProxy: { portRangeStart: ${port} } }`;

describe("the modules of a file", () => {
  it("are none where the file has none", () => {
    expect(modulesOf("")).toEqual([]);
    expect(modulesOf("modules: []")).toEqual([]);
  });

  it("need no clusters", () => {
    expect(parseConfiguration(catalog, "modules: [{ name: m }]", "clusters.yaml")).toMatchObject({
      stacks: [],
      modules: [{ name: "m" }],
    });
  });

  it("have the defaults of the schema, not of the file", () => {
    const file = "defaults: { site: datadoghq.eu, cpu: 7, features: { apm: true } }\nmodules: [{ name: m }]";
    expect(modulesOf(file)).toEqual([
      {
        name: "m",
        host: "linux",
        launchType: "EC2",
        site: "datadoghq.com",
        tags: {},
        environment: {},
        environmentOverrides: {},
        features: {},
        capabilities: [],
        checks: {},
        command: [],
        containerDefinition: {},
        dockerLabels: {},
        dockerSecurityOptions: [],
        dropCapabilities: [],
        entryPoint: [],
        environmentFiles: [],
        executionRoleStatements: [],
        extraHosts: [],
        kmsKeyArns: [],
        mounts: [],
        ports: [],
        readonlyRootFilesystem: false,
        secrets: {},
        sidecars: [],
        systemControls: [],
        taskDefinition: {},
        taskPlacementConstraints: [],
        taskRoleStatements: [],
        ulimits: [],
        volumes: [],
        healthCheck: {
          command: ["CMD-SHELL", "agent health"],
          intervalSeconds: 30,
          timeoutSeconds: 5,
          retries: 3,
          startPeriodSeconds: 15,
        },
        image: { repository: "public.ecr.aws/datadog/agent", tag: "latest" },
        family: "datadog-agent-task",
        serviceName: "datadog-agent",
        minimumHealthyPercent: 0,
        placementConstraints: [],
        enableExecuteCommand: false,
        waitForSteadyState: false,
        resourceTags: {},
        enableEcsManagedTags: false,
      },
    ]);
  });

  it("keep their order, values and text", () => {
    const file = 'modules: [{ name: b, host: windows, cpu: 7 }, { name: a, environment: { A: "${x}" } }]';
    expect(modulesOf(file)).toMatchObject([
      { name: "b", host: "windows", cpu: 7 },
      { name: "a", environment: { A: "$${x}" } },
    ]);
  });

  it.each([
    ["a module that is no map", "- 4", "3:3 modules[0]\n    must be a map, got the number 4."],
    ["a module without a name", "- { cpu: 1 }", "3:3 modules[0]\n    is missing the required key `name` (a string)."],
    ["a name that is no folder's", "- { name: ../m }", "3:5 modules[0].name\n    must be a module name"],
    ["a wrong value", "- { name: m }\n- { name: n, cpu: -1 }", "4:14 modules[1].cpu\n    must be a whole number"],
    ["a wrong option", "- { name: m, features: { apm: { port: 1 } } }", "3:33 modules[0].features.apm.port\n"],
    [
      "a rule between keys",
      "- { name: m, host: windows, capabilities: [CHOWN] }",
      "3:29 modules[0].capabilities\n    can't be set on the host windows",
    ],
    [
      "one name twice",
      "- { name: m }\n- { name: m }",
      '4:5 modules[1].name\n    "m" is already used by modules[0] (case is ignored). Set another name.',
    ],
    [
      "names that some file systems take for one",
      "- { name: x }\n- { name: m }\n- { name: M }",
      '5:5 modules[2].name\n    "M" is already used by modules[1] (case is ignored). Set another name.',
    ],
  ])("refuses %s", (_what, entries, message) => {
    const problems = refusal(`modules:\n${entries}`);
    expect(problems).toEqual([expect.stringContaining(`clusters.yaml:${message}`)]);
  });

  it.each([
    "cluster: c",
    "region: eu-west-1",
    "apiKey: { createSecret: { name: a } }",
    "hosts: [linux]",
    "subnets: [subnet-01234567]",
    "securityGroups: [sg-01234567]",
    "applicationSecurityGroups: [sg-01234567]",
    "taskRoleArn: arn:aws:iam::123456789012:role/a",
    "executionRoleArn: arn:aws:iam::123456789012:role/a",
    "attachPolicies: true",
    "createdRoles: {}",
  ])("refuses `%s`, which is a variable of the module", (entry) => {
    const key = entry.slice(0, entry.indexOf(":"));
    expect(refusal(`modules: [{ name: m, ${entry} }]`)).toEqual([
      expect.stringContaining(`clusters.yaml:2:22 modules[0].${key}\n    unknown key "${key}".`),
    ]);
  });

  it("reports problems of modules and clusters in the order of the file", () => {
    const text = "modules: [{ name: m, cpu: -1 }]\nclusters: [{ name: a, cpu: -1 }]";
    expect(() => parseConfiguration(catalog, text, "clusters.yaml")).toThrow(
      /^clusters.yaml: 2 problems\n\n {2}clusters.yaml:1:22 modules\[0\].cpu\n[^]* {2}clusters.yaml:2:23 clusters\[0\].cpu\n/,
    );
  });
});

describe("a module", () => {
  it.each([
    ["other ports", withProxyAt(8127)],
    ["a feature off that would be in the way of nothing", "features: { apm: false }"],
    ["features off that its host lacks", "host: windows, features: { fipsProxy: false }"],
    ["a launch type that some feature doesn't have", "launchType: EXTERNAL"],
    ["a network mode that some feature doesn't have", "networkMode: bridge"],
  ])("is accepted with %s", (_what, keys) => {
    expect(modulesOf(`modules: [{ name: m, ${keys} }]`)).toHaveLength(1);
  });
});

describe("availableFeatures", () => {
  it("are those that the module's host supports", () => {
    for (const host of Object.keys(catalog.hosts)) {
      const module = moduleOf({ host });
      const names = availableFeatures(catalog, module).map(({ name }) => name);
      const lacking = Object.entries(catalog.features).filter(([, feature]) => missingTrait(catalog, module, feature));
      expect([...names, ...lacking.map(([name]) => name)].sort()).toEqual(Object.keys(catalog.features).sort());
    }
    const onWindows = availableFeatures(catalog, moduleOf({ host: "windows" })).map(({ name }) => name);
    expect(onWindows).toContain("apm");
    expect(onWindows).not.toContain("networkPerformanceMonitoring");
  });
});
