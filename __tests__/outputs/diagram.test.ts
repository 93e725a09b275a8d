import fc from "fast-check";
import { stringify } from "yaml";
import { diagram } from "../../lib/outputs/diagram";
import { configurationOf } from "../support/clusters";
import { acceptedCluster } from "../support/configurations";

// A fixed seed, so that every run has the same inputs.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });

type Keys = Readonly<Record<string, unknown>>;

function diagramOf(...clusters: readonly Keys[]): string {
  return diagram(configurationOf(stringify({ clusters })).stacks);
}

describe("the diagram of a configuration", () => {
  it("has stacks, clusters, hosts, the Agent, its endpoints, roles and secret, and the site", () => {
    const text = diagramOf({
      name: "shop",
      cluster: "production",
      hosts: ["linux", "windows"],
      apiKey: { ssmParameterArn: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog" },
      features: { apm: { socket: true }, dogstatsd: true, logs: true, logLevel: true },
      taskRoleArn: "arn:aws:iam::123456789012:role/team/agent",
    });
    expect(text).toBe(`flowchart LR
  subgraph s1["Stack: shop"]
    subgraph s1c1["ECS cluster: production"]
      subgraph s1c1h1["Every linux instance: EC2"]
        s1c1h1_agent["Datadog Agent<br/>service datadog-agent<br/>apm, dogstatsd, logLevel<br/>logs"]
        s1c1h1_apps["Applications"]
        s1c1h1_apps -- "8125/udp, 8126/tcp, sockets in /var/run/datadog" --> s1c1h1_agent
      end
      s1c1h1_task_role(["Task role<br/>agent"])
      s1c1h1_agent -. "assumes" .-> s1c1h1_task_role
      s1c1h1_execution_role(["Execution role<br/>created"])
      s1c1h1_key[("API key<br/>SSM parameter")]
      s1c1h1_execution_role -. "reads" .-> s1c1h1_key
      s1c1h1_key -- "DD_API_KEY" --> s1c1h1_agent
      s1c1h1_agent --> site1
      subgraph s1c1h2["Every windows instance: EC2"]
        s1c1h2_agent["Datadog Agent<br/>service datadog-agent-windows<br/>apm, dogstatsd, logLevel<br/>logs"]
        s1c1h2_apps["Applications"]
        s1c1h2_apps -- "8125/udp, 8126/tcp" --> s1c1h2_agent
      end
      s1c1h2_task_role(["Task role<br/>agent"])
      s1c1h2_agent -. "assumes" .-> s1c1h2_task_role
      s1c1h2_execution_role(["Execution role<br/>created"])
      s1c1h2_key[("API key<br/>SSM parameter")]
      s1c1h2_execution_role -. "reads" .-> s1c1h2_key
      s1c1h2_key -- "DD_API_KEY" --> s1c1h2_agent
      s1c1h2_agent --> site1
    end
  end
  site1(("Datadog<br/>datadoghq.com"))
`);
  });

  it("has the order of stacks, the sidecars, and each site once", () => {
    const text = diagramOf(
      { name: "first", site: "ddog-gov.com" },
      { name: "second", stack: "wave", dependsOn: ["first"] },
      { name: "third", stack: "wave" },
    );
    expect(text).toContain('  s1 -. "deployed before" .-> s2\n');
    expect(text).toContain('    subgraph s2c2["ECS cluster: third (var.cluster)"]\n');
    expect(text).toContain("        s1c1h1_agent --- s1c1h1_sidecar1\n");
    expect(text.match(/^ {2}site.*/gm)).toEqual([
      '  site1(("Datadog<br/>ddog-gov.com"))',
      '  site2(("Datadog<br/>datadoghq.com"))',
    ]);
  });

  it.each<[string, Keys, string]>([
    ["that is a required variable", {}, "var.api_key_secret_arn"],
    ["that is created", { apiKey: { createSecret: { name: "a/b+c" } } }, "secret a/b#43;c, created"],
    ["that is a variable", { apiKey: { sensitiveVariable: true } }, "var.api_key"],
    [
      "that may be the key itself",
      { apiKey: { createSecret: { name: "0123456789abcdef0123456789abcdef" } } },
      "hidden (may be a secret)",
    ],
  ])("shows a secret %s", (_what, keys, expected) => {
    expect(diagramOf({ name: "a", ...keys })).toContain(`_key[("API key<br/>${expected}")]\n`);
  });

  it("has valid lines and closed subgraphs, and only edges between existing nodes", () => {
    fc.assert(
      fc.property(fc.array(acceptedCluster, { minLength: 1, maxLength: 3 }), (clusters) => {
        const [head, ...lines] = diagramOf(
          ...clusters.map((keys, index) => ({ ...keys, name: `c${index}`, cluster: `c${index}` })),
        )
          .trimEnd()
          .split("\n");
        expect(head).toBe("flowchart LR");
        const text = '"[^"#]*(?:#\\d+;[^"#]*)*"';
        const node = new RegExp(
          `^ +(\\w+)(?:\\[${text}\\]|\\(\\[${text}\\]\\)|\\[\\(${text}\\)\\]|\\(\\(${text}\\)\\))$`,
        );
        const edge = new RegExp(`^ +(\\w+) (?:-->|---|-- ${text} -->|-\\. ${text} \\.->) (\\w+)$`);
        const group = new RegExp(`^ +subgraph (\\w+)\\[${text}\\]$`);
        const known = new Set(lines.flatMap((line) => (group.exec(line) ?? node.exec(line))?.[1] ?? []));
        const depth = lines.reduce((open, line) => {
          const ends = edge.exec(line)?.slice(1);
          expect([line, ends?.filter((id) => !known.has(id)) ?? []]).toEqual([line, []]);
          expect([line, group.test(line) || node.test(line) || ends !== undefined || /^ +end$/.test(line)]).toEqual([
            line,
            true,
          ]);
          return open + (group.test(line) ? 1 : /^ +end$/.test(line) ? -1 : 0);
        }, 0);
        expect(depth).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
