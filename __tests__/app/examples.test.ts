import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { parse } from "yaml";
import { catalog } from "../../lib/catalog";
import { loadConfiguration } from "../../lib/configuration/load";
import { clustersIn } from "../support/clusters";
import { run } from "../end-to-end/support/run";
import type { StackJson } from "../support/synthesize";

const ROOT = resolve(__dirname, "../..");
const EXAMPLES = join(ROOT, "examples");
const FLEET = join(EXAMPLES, "fleet");

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The output of an example. */
class Output {
  constructor(readonly folder: string) {}

  stack(name: string): StackJson {
    return JSON.parse(this.text(`stacks/${name}/cdk.tf.json`)) as StackJson;
  }

  task(stack: string): TaskDefinition {
    return JSON.parse(this.text(`stacks/${stack}/task-definition.json`)) as TaskDefinition;
  }

  text(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }
}

/** The expected output of each example. */
const shows: Record<string, (output: Output) => void> = {
  linux: (output) => {
    expect(output.stack("production").variable).toBeUndefined();
    expect(output.task("production").volumes).toContainEqual({
      name: "cgroup",
      host: { sourcePath: "/sys/fs/cgroup/" },
    });
  },

  "amazon-linux-1": (output) => {
    expect(output.task("legacy").volumes).toContainEqual({ name: "cgroup", host: { sourcePath: "/cgroup/" } });
    expect(output.task("legacy").containerDefinitions?.[0]?.secrets).toEqual([
      { name: "DD_API_KEY", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/datadog/api-key" },
    ]);
  },

  module: (output) => {
    expect(readdirSync(output.folder)).not.toContain("stacks");
    expect(output.text("modules/datadog-agent/main.tf")).toContain('resource "aws_ecs_service" "datadog_agent"');
  },

  windows: (output) => {
    const { volumes, placementConstraints } = output.task("windows");
    expect(volumes).toContainEqual({ name: "docker_sock", host: { sourcePath: "\\\\.\\pipe\\docker_engine" } });
    expect(placementConstraints).toEqual([{ type: "memberOf", expression: "attribute:ecs.os-type == windows" }]);
  },

  govcloud: (output) => {
    const registry = "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/datadog";
    const images = (stack: string) => output.task(stack).containerDefinitions?.map(({ image }) => image);
    expect(images("fips-agent")).toEqual([`${registry}/agent:7.66.0-fips`]);
    expect(images("fips-proxy")).toEqual([`${registry}/agent:7.66.0`, `${registry}/fips-proxy:1.1.30`]);
    expect(output.task("fips-proxy").networkMode).toBe("host");
    for (const stack of ["fips-agent", "fips-proxy"]) {
      expect(output.text(`stacks/${stack}/cdk.tf.json`)).not.toContain("arn:aws:");
      expect(output.stack(stack).provider?.aws).toMatchObject([{ region: "us-gov-west-1", use_fips_endpoint: true }]);
      expect(output.task(stack).containerDefinitions?.[0]?.environment).toContainEqual({
        name: "DD_SITE",
        value: "ddog-gov.com",
      });
    }
  },

  "ecs-anywhere": (output) => {
    const { requiresCompatibilities, containerDefinitions } = output.task("factory");
    expect(requiresCompatibilities).toEqual(["EXTERNAL"]);
    expect(output.stack("factory").resource?.aws_ecs_service?.datadog_agent?.launch_type).toBe("EXTERNAL");
    expect(containerDefinitions?.[0]?.portMappings ?? []).toEqual([]);
  },

  "existing-stack": (output) => {
    const { resource, locals } = output.stack("platform");
    expect(Object.keys(resource?.aws_ecs_cluster ?? {})).toEqual(["cluster"]);
    expect(Object.values(resource?.aws_ecs_service ?? {})).toMatchObject([
      { cluster: "${aws_ecs_cluster.cluster.arn}", scheduling_strategy: "DAEMON" },
    ]);
    expect(JSON.stringify(locals)).toContain('"valueFrom":"${data.aws_secretsmanager_secret.api_key.arn}"');
  },

  application: (output) => {
    const { resource } = output.stack("shop");
    const volume = [{ name: "dd-sockets", host_path: "/var/run/datadog" }];
    expect(resource?.aws_ecs_task_definition?.shop_task_definition).toMatchObject({ family: "shop", volume });
    expect(Object.values(resource?.aws_ecs_service ?? {}).map((service) => service.scheduling_strategy)).toEqual([
      "DAEMON",
      undefined,
    ]);
  },

  fleet: (output) => {
    const { stacks } = JSON.parse(output.text("manifest.json")) as { stacks: Record<string, unknown> };
    expect(stacks).toMatchObject({
      canary: { dependencies: [] },
      "production-eu-west-1": { dependencies: ["canary"] },
      "production-us-east-1": { dependencies: ["production-eu-west-1"] },
    });
    expect(output.stack("canary").terraform).toMatchObject({
      backend: { s3: { key: "datadog-agent/canary.tfstate" } },
    });
  },
};

describe("the examples", () => {
  const names = readdirSync(EXAMPLES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const readme = readFileSync(join(EXAMPLES, "README.md"), "utf8");
  const sections = [...readme.matchAll(/^## (.+)$([^]*?)(?=^## |$(?![^]))/gm)];
  const commands = new Map(
    sections.map(([, name = "", text = ""]) => [name, /^```sh\n([^]*?)^```$/m.exec(text)?.[1]] as const),
  );

  it("are listed in their README and have an expected output", () => {
    expect([...commands.keys()].sort()).toEqual([...names].sort());
    expect(Object.keys(shows).sort()).toEqual([...names].sort());
  });

  it.each(names)("run with the command in their README: %s", async (name) => {
    const command = commands.get(name);
    if (command === undefined) throw new Error(`examples/README.md has no command for ${name}.`);
    const output = new Output(join(folder, name));
    await run("sh", ["-e", "-c", command], { cwd: ROOT, environment: { CDKTF_OUTDIR: output.folder } });
    shows[name]?.(output);
  });

  it("are type-checked if they are in TypeScript", () => {
    const written = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const checked = ts.getParsedCommandLineOfConfigFile(join(ROOT, "tsconfig.json"), {}, host)?.fileNames ?? [];
    expect(written).not.toEqual([]);
    expect(written.filter((file) => !checked.includes(join(EXAMPLES, file)))).toEqual([]);
  });
});

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly strategy: { readonly matrix: { readonly stack: readonly string[] } };
  readonly env: { readonly COMMAND: string };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly on: Record<"pull_request" | "push", { readonly paths: readonly string[] }>;
  readonly concurrency: string;
  readonly env: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

describe("the fleet", () => {
  const clusters = clustersIn(loadConfiguration(catalog, join(FLEET, "clusters")));
  const text = readFileSync(join(FLEET, "datadog-agent.yml"), "utf8");
  // GitHub supports anchors but not merge keys, and neither does this parser.
  const { on, concurrency, env, jobs } = parse(text) as Workflow;
  const stacks = [...new Set(clusters.map(({ stack, name }) => stack ?? name))];

  it("has three stacks with four clusters", () => {
    expect(clusters.map(({ name, host, stack }) => [name, host, stack])).toEqual([
      ["canary", "linux", undefined],
      ["shop", "linux", "production-eu-west-1"],
      ["search", "linux", "production-eu-west-1"],
      ["search", "windows", "production-eu-west-1"],
      ["shop-us", "linux", "production-us-east-1"],
    ]);
  });

  it("is planned as a whole, and deployed in the waves of the configuration", () => {
    const { plan, ...waves } = jobs;
    expect(plan?.strategy.matrix.stack).toEqual(stacks);
    expect(Object.values(waves).map(({ needs, strategy }) => [needs, strategy.matrix.stack])).toEqual([
      [undefined, ["canary"]],
      ["wave-1", ["production-eu-west-1"]],
      ["wave-2", ["production-us-east-1"]],
    ]);
    const dependsOn = new Map(clusters.map((cluster) => [cluster.stack ?? cluster.name, cluster.dependsOn]));
    expect([...dependsOn.values()]).toEqual([undefined, ["canary"], ["shop"]]);
  });

  it("starts a run when its inputs change, and no pull request cancels a pending deployment", () => {
    expect(on.push.paths).toEqual(on.pull_request.paths);
    expect(on.push.paths).toEqual(expect.arrayContaining([`${env.CLUSTERS_FILE}/**`, "lib/**"]));
    expect(readdirSync(FLEET)).toContain(env.CLUSTERS_FILE);
    expect(concurrency).toContain("${{ github.ref }}");
  });

  describe("with cdktf", () => {
    /** The command of each job, for its last stack. */
    const commands = Object.entries(jobs).map(([job, { env, steps, strategy }]) => {
      const stack = strategy.matrix.stack.at(-1) ?? "";
      const command = steps.find(({ run }) => run?.includes("cdktf"))?.run ?? "";
      return { job, stack, command: command.replace("${{ matrix.stack }}", stack), COMMAND: env.COMMAND };
    });

    /** The folders in which Terraform is started. A fake Terraform prints its folder and exits. */
    async function started(command: string, COMMAND: string): Promise<{ stderr: string; started: string[] }> {
      const own = mkdtempSync(join(folder, "cdktf-"));
      const [terraform, log] = [join(own, "terraform"), join(own, "log")];
      writeFileSync(terraform, `#!/bin/sh\necho "$1 in $(basename "$PWD")" >> "${log}"\n[ "$1" != init ]\n`, {
        mode: 0o755,
      });
      const { stderr } = await run("sh", ["-e", "-c", `${command} --output "${join(own, "cdktf.out")}"`], {
        cwd: ROOT,
        environment: {
          CLUSTERS_FILE: join(FLEET, "clusters"),
          COMMAND,
          TERRAFORM_BINARY_NAME: terraform,
          CI: "true",
          CHECKPOINT_DISABLE: "1",
        },
        accept: [1],
      });
      const lines = readFileSync(log, "utf8").split("\n");
      return { stderr, started: lines.filter((line) => line.startsWith("init ")) };
    }

    it.each(commands)("starts Terraform: $job, $stack", async ({ stack, command, COMMAND }) => {
      expect((await started(command, COMMAND)).started).toEqual([`init in ${stack}`]);
    });

    it("is refused without the flag, because a wave doesn't include its dependencies", async () => {
      const { command = "", COMMAND = "" } = commands.at(-1) ?? {};
      const answer = await started(command, COMMAND.replace(" --ignore-missing-stack-dependencies", ""));
      expect(answer.started).toEqual([]);
      expect(answer.stderr).toContain("not included in the stacks to run: production-eu-west-1");
    });
  });
});
