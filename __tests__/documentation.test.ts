import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { loadClusters, parseConfiguration } from "../lib/configuration/load";

const ROOT = resolve(__dirname, "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const README = read("README.md");

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-documentation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The fenced blocks of a language in the README. */
function blocks(language: string): string[] {
  return [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, text = ""]) => text);
}

function node(args: readonly string[], { cwd = ROOT, outdir = "" } = {}): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: { ...process.env, CDKTF_OUTDIR: outdir } });
}

describe("the README", () => {
  it.each(blocks("yaml"))("has a configuration that is accepted: %#", (yaml) => {
    expect(parseConfiguration(yaml, "README.md").clusters.length).toBeGreaterThan(0);
  });

  it("merges its example as it says", () => {
    const [shop, factory] = parseConfiguration(blocks("yaml")[0] ?? "", "README.md").clusters;
    expect(shop?.tags).toEqual({ env: "production", team: "checkout" });
    expect(factory?.features).toMatchObject({
      apm: false,
      dogstatsd: { socket: true },
      logs: { exclude: [/^image:/] },
    });
  });

  it("shows what the configuration that ships prints", () => {
    const { stdout, stderr } = node(["app.cjs"], { outdir: join(folder, "shipped") });
    expect({ stdout, stderr }).toEqual({ stdout: blocks("text")[0], stderr: "" });
  });

  it("shows what explaining a feature prints", () => {
    const script = join(folder, "explain.js");
    buildSync({ entryPoints: [join(ROOT, "scripts/explain.ts")], bundle: true, platform: "node", outfile: script });
    const { stdout } = node([script, "datadog-agent", "logs"]);
    expect(stdout.slice(stdout.indexOf("  logs:"))).toBe(blocks("text")[1]);
  });

  it("has the headings and the files that it links to", () => {
    const anchors = [...README.matchAll(/^#+ (.*)$/gm)].map(
      ([, heading = ""]) =>
        `#${heading
          .toLowerCase()
          .replaceAll(/[^\w -]/g, "")
          .replaceAll(" ", "-")}`,
    );
    const links = [...README.matchAll(/\]\(((?!https?:)[^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(10);
    const missing = links.filter((link) =>
      link.startsWith("#") ? !anchors.includes(link) : !existsSync(join(ROOT, link)),
    );
    expect(missing).toEqual([]);
  });

  it("has a construct that synthesizes", () => {
    const [contents = ""] = blocks("typescript");
    const outfile = join(folder, "snippet.js");
    buildSync({ stdin: { contents, resolveDir: ROOT, loader: "ts" }, bundle: true, platform: "node", outfile });
    const outdir = join(folder, "snippet");
    expect(node([outfile], { outdir })).toMatchObject({ status: 0, stderr: "" });
    const stack = readFileSync(join(outdir, "stacks/production/cdk.tf.json"), "utf8");
    expect(stack).toContain('"valueFrom": "${data.aws_secretsmanager_secret.api_key.arn}"');
  });

  it("names the backend's path and the placeholders as they are written", () => {
    const [path] = /\.\.\/\.\.\/\.\.\/terraform\.<name>\.tfstate/.exec(README) ?? [];
    const stack = join(folder, "shipped/stacks/datadog-agent");
    const { terraform } = JSON.parse(readFileSync(join(stack, "cdk.tf.json"), "utf8")) as {
      terraform: { backend: { local: { path: string } } };
    };
    expect(terraform.backend.local.path).toBe(path?.replace("<name>", "datadog-agent"));
    const task = readFileSync(join(stack, "task-definition.json"), "utf8");
    expect(task.match(/<REPLACE /g)).toHaveLength(3);
  });
});

describe("the README's errors", () => {
  const cluster = (keys: string) => `clusters: [{ name: a, ${keys} }]`;
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
  const messages: Record<string, string> = {
    "must be YAML: Nested mappings are not allowed in compact mappings": `defaults:\n  apiKey:\n    secretsManagerArn: ${arn}:api_key::\n`,
    "must be the full ARN of a Secrets Manager secret, with the six characters that AWS adds to its name": cluster(
      "apiKey: { secretsManagerArn: datadog }",
    ),
    "must have exactly one of secretsManagerArn, ssmParameterArn, createSecret and sensitiveVariable": cluster(
      `apiKey: { secretsManagerArn: "${arn}", sensitiveVariable: true }`,
    ),
    "must have a service of its own in its ECS cluster": "clusters: [{ name: a, cluster: c }, { name: b, cluster: c }]",
    'must be EC2 or EXTERNAL, got "FARGATE"': cluster("launchType: FARGATE"),
    'must be one of the known keys, got "amp". Did you mean "apm"?': cluster("features: { amp: true }"),
    "must be text, got the number 1. Write it in quotes": cluster("tags: { version: 1 }"),
    "must be off on the host windows": cluster("host: windows, features: { apm: { socket: true } }"),
    "needs networkMode host or awsvpc, got bridge": cluster("site: ddog-gov.com, networkMode: bridge"),
    "needs launchType EC2, got EXTERNAL": cluster(
      "launchType: EXTERNAL, features: { networkPerformanceMonitoring: true }",
    ),
    "needs Agent 7.65 or later, got image.tag 7.64.0": cluster(
      "site: ddog-gov.com, image: { tag: 7.64.0 }, features: { fipsAgent: true }",
    ),
    "must keep the state apart from that of clusters[0]":
      "defaults: { backend: { local: { path: a } } }\nclusters: [{ name: a }, { name: b }]",
    "must not go round in circles: a, b, a": "clusters: [{ name: a, dependsOn: [b] }, { name: b, dependsOn: [a] }]",
    "must not be set: the daemon runs on every instance": cluster("environment: { DD_HOSTNAME: a }"),
  };
  messages['must come with the cluster arn:aws:ecs:eu-west-1:123456789012:cluster/c, got "c"'] =
    "clusters: [{ name: a, cluster: c, adopt: { serviceArn: arn:aws:ecs:eu-west-1:123456789012:service/c/datadog-agent } }]";
  const noFile = "must be a readable file, but there is no such file";

  it.each(Object.entries(messages))("%s", (message, yaml) => {
    expect(() => parseConfiguration(yaml, "clusters.yaml").clusters).toThrow(message);
  });

  it(noFile, () => {
    expect(() => loadClusters(join(folder, "clusters.yaml"))).toThrow(noFile);
  });

  it("are all of them tested", () => {
    const [, table = ""] = /^## Errors$([^]*?)^## /m.exec(README) ?? [];
    const quoted = [...table.matchAll(/^\| `(.*?)` \|/gm)].map(([, message]) => message);
    expect(quoted).toEqual([...Object.keys(messages), noFile]);
  });
});

describe("what is generated", () => {
  const script = join(folder, "generate.js");

  it("is up to date (else: npm run generate)", () => {
    const { metafile } = buildSync({
      absWorkingDir: ROOT,
      entryPoints: ["scripts/generate.ts"],
      bundle: true,
      platform: "node",
      outfile: script,
      metafile: true,
    });
    expect(Object.keys(metafile.inputs).filter((file) => /node_modules\/(@?cdktf|constructs)\//.test(file))).toEqual(
      [],
    );
    expect(node([script, "--check"])).toMatchObject({ status: 0, stderr: "" });
  });

  it("is found stale, and written anew", () => {
    const copy = join(folder, "README.md");
    cpSync(join(ROOT, "README.md"), copy);
    cpSync(join(ROOT, "clusters.yaml"), join(folder, "clusters.yaml"));
    writeFileSync(copy, README.replace("| `apm` |", "| `amp` |"));
    const { status, stderr } = node([script, "--check"], { cwd: folder });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        "Not up to date: clusters.schema.json, docs/agent.svg, README.md, lib/configuration/interfaces.ts. " +
        "Run `npm run generate`.\n",
    });
    expect(node([script], { cwd: folder }).status).toBe(0);
    expect(readFileSync(copy, "utf8")).toBe(README);
    expect(readFileSync(join(folder, "docs/agent.svg"), "utf8")).toBe(read("docs/agent.svg"));
  });
});

it("every file that the comparison names as its proof exists", () => {
  const named = [...read("docs/comparison.md").matchAll(/`((?:__tests__|lib)\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe("every script that is named", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

  it.each(["README.md", "help", "CONTRIBUTING.md"])("in %s exists", (file) => {
    const named = [...read(file).matchAll(/npm (?:run )?(?:--silent )?([a-z:-]+)/g)].map(([, name = ""]) => name);
    expect(named).toContain("test");
    expect(named.filter((name) => !["ci", "pack"].includes(name) && !(name in scripts))).toEqual([]);
  });
});
