import * as registry from "../../../lib/features";
import { inputsOf } from "../../../lib/handoff/terraform-module/inputs";
import { outputsOf } from "../../../lib/handoff/terraform-module/outputs";
import type * as subject from "../../../lib/handoff/terraform-module/readme";
import { readme } from "../../../lib/handoff/terraform-module/readme";
import type * as modules from "../../support/module";
import { moduleOf } from "../../support/module";
import { withFeatures } from "../../support/with-features";

type Entry = Parameters<typeof moduleOf>[0];

function readmeOf(entry: Entry = {}): string {
  const module = moduleOf(entry);
  return readme(module, inputsOf(module), outputsOf(module));
}

/** The cells of every row below the head of the table under a heading. */
function rows(text: string, heading: string): string[][] {
  const [, section = ""] = text.split(`\n## ${heading}\n`);
  const lines = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) => line.slice(2, -2).split(" | "));
}

/** The diagram of a module of few features. */
function diagram(entry: Entry): string {
  const { apm, dogstatsd, logs, fipsProxy } = registry;
  const text = withFeatures({ apm, dogstatsd, logs, fipsProxy }, () => {
    const support = jest.requireActual<typeof modules>("../../support/module");
    const alone = jest.requireActual<typeof subject>("../../../lib/handoff/terraform-module/readme");
    return alone.readme(support.moduleOf(entry), {}, {});
  });
  const [, block = ""] = text.split("```mermaid\n");
  return block.split("```")[0] ?? "";
}

describe("the module's README", () => {
  it("begins with the module's name, and calls it by its folder", () => {
    const text = readmeOf({ name: "my-agent" });
    expect(text).toMatch(/^# my-agent\n\n/);
    expect(text).toContain('module "datadog_agent" {\n  source = "./modules/my-agent"\n');
    expect(readmeOf({ host: "windows" })).toContain("For container instances with Windows Server.");
  });

  it("says what it needs", () => {
    expect(rows(readmeOf(), "Requirements")).toEqual([
      ["Terraform", "`>= 1.5.0`"],
      ["hashicorp/aws", "`>= 5.85.0, < 7.0.0`"],
    ]);
  });

  it("has every input, with type and default", () => {
    const given = {
      api_key: {
        type: "object({ a = string })",
        description: "One | two",
        default: undefined,
        nullable: false,
        conditions: [],
      },
      tags: { type: "map(string)", description: "Tags", default: { a: "b" }, nullable: false, conditions: [] },
      role: { type: "string", description: "Role", default: null, nullable: true, conditions: [] },
    };
    expect(rows(readme(moduleOf(), given, {}), "Inputs")).toEqual([
      ["`api_key`", "One \\| two", "`object({ a = string })`", "must be given"],
      ["`tags`", "Tags", "`map(string)`", '`{"a":"b"}`'],
      ["`role`", "Role", "`string`", "`null`"],
    ]);
  });

  it("has every output", () => {
    const given = { arn: { description: "Its ARN", value: "${a}" }, id: { description: "Its ID", value: "${b}" } };
    expect(rows(readme(moduleOf(), {}, given), "Outputs")).toEqual([
      ["`arn`", "Its ARN"],
      ["`id`", "Its ID"],
    ]);
  });
});

describe("the table of features", () => {
  const features = (entry?: Entry): unknown =>
    Object.fromEntries(rows(readmeOf(entry), "Features").map(([name, , needs, options]) => [name, [needs, options]]));

  it("has what each needs, and its options as they are fixed", () => {
    const text = features({ features: { logs: { exclude: ["name:a"] }, apm: { socket: true } } });
    expect(text).toMatchObject({
      "`apm`": ["", "`port: true`, `socket: true`"],
      "`dogstatsd`": ["", "`port: true`, `socket: false`, `statistics: true`"],
      "`fips_proxy`": [
        "`site` ddog-gov.com or us2.ddog-gov.com; `network_mode` host or awsvpc",
        '`image: "datadog/fips-proxy:1.1.29"`, `portRangeStart: 9803`, `cpu: 10`, `memoryMiB: 256`',
      ],
      "`logs`": ["", '`collectAll: true`, `include: []`, `exclude: ["name:a"]`'],
      "`network_performance_monitoring`": ["`launch_type` EC2", ""],
      "`process_collection`": ["", ""],
    });
  });

  it("links each to its documentation", () => {
    const [first] = rows(readmeOf(), "Features");
    expect(first?.[1]).toBe(
      "[Receives traces from applications (APM)](https://docs.datadoghq.com/containers/amazon_ecs/apm/)",
    );
  });

  it("has a row for every feature", () => {
    expect(Object.keys(features() as object)).toHaveLength(Object.keys(registry).length);
  });

  it("says of features that the host lacks that they are not there", () => {
    expect(features({ host: "windows" })).toMatchObject({
      "`fips_proxy`": ["not on windows", ""],
      "`network_performance_monitoring`": ["not on windows", ""],
      "`process_collection`": ["", ""],
    });
  });
});

describe("the diagram", () => {
  it("shows ports and sidecars of features", () => {
    expect(diagram({ host: "linux" })).toBe(`flowchart LR
  subgraph instance["every container instance"]
    direction LR
    apps["Applications"]
    agent["datadog-agent"]
    apps -- "8125/udp, 8126/tcp, where they are on" --> agent
    agent -. "where it is on" .-> fips-proxy
  end
  service["ECS service, DAEMON"] --> instance
  secret["API key in Secrets Manager or SSM"] -- "at the start" --> agent
  agent -- "HTTPS" --> site["Datadog"]
`);
  });

  it("shows no sidecar that the host can't have, and sockets where there is no port", () => {
    expect(diagram({ host: "windows" })).not.toContain("fips-proxy");
    const socketAlone = { port: false, socket: true };
    expect(diagram({ features: { apm: socketAlone } })).toContain(
      'apps -- "8125/udp, UNIX sockets, where they are on"',
    );
    expect(diagram({ features: { apm: socketAlone, dogstatsd: socketAlone } })).toContain(
      'apps -- "UNIX sockets, where they are on" -->',
    );
  });
});

describe("the way from the vendor's module", () => {
  const HEADING = "Coming from DataDog/ecs-datadog/aws//modules/ecs_ec2";

  it.each([
    ["linux", true],
    ["amazon-linux-1", true],
    ["windows", false],
  ] as const)("stands in the README for %s: %j", (host, expected) => {
    expect(readmeOf({ host }).includes(`\n## ${HEADING}\n`)).toBe(expected);
  });

  it("names a variable of this module for each that has one", () => {
    const text = readmeOf({ host: "linux" });
    const ways = Object.fromEntries(rows(text, HEADING)) as Record<string, string>;
    expect(ways).toMatchObject({
      "`dd_site`": "`site`",
      "`cluster_arn`": expect.stringMatching(/^`cluster`;/) as string,
    });
    // What stands first in backquotes is a variable, or one with an attribute.
    const named = Object.values(ways).flatMap((way) => /^`(\w+)/.exec(way)?.[1] ?? []);
    const inputs = rows(text, "Inputs").map(([name]) => name);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !inputs.includes(`\`${name}\``))).toEqual([]);
  });
});
