import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "./end-to-end/support/run";

const ROOT = resolve(__dirname, "..");
const TYPESCRIPT = join(ROOT, "node_modules/typescript/bin/tsc");
const CDKTF_TEMPLATE = join(ROOT, "node_modules/cdktf-cli/bundle/templates/typescript/tsconfig.json");

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const { devDependencies = {} } = JSON.parse(read("package.json")) as { devDependencies?: Record<string, string> };

/** What an app needs beside the package. */
const APPS: Readonly<Record<"cdktf" | "cdktn", Readonly<Record<string, string>>>> = {
  cdktf: Object.fromEntries(
    ["@cdktf/provider-aws", "cdktf", "constructs"].map((name) => [name, devDependencies[name] ?? ""]),
  ),
  // What the README tells people to write.
  cdktn: JSON.parse(/^## CDK Terrain$[^]*?^```json\n([^]*?)^```$/m.exec(read("README.md"))?.[1] ?? "{}") as Record<
    string,
    string
  >,
};

/** The construct in somebody's own stack, and the stack of a clusters.yaml, in an app that imports its core from `core`. */
const app = (core: string) => `
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Aspects, type IAspect, LocalBackend, TerraformResource, TerraformStack } from "${core}";
import type { IConstruct } from "constructs";
import { DatadogAgentDaemon, type DatadogAgentDaemonProps, DatadogAgentStack, loadClusters } from "datadog-agent-ecs";

/** Counts resources in the way that an app does that tags or checks all of them. */
class Resources implements IAspect {
  count = 0;
  visit(node: IConstruct): void {
    if (node instanceof TerraformResource) this.count += 1;
  }
}

const app = new App({ stackTraces: false });
const stack = new TerraformStack(app, "own");
new LocalBackend(stack, { path: "own.tfstate" });
new AwsProvider(stack, "aws", { region: "eu-west-1" });
const secret = new DataAwsSecretsmanagerSecret(stack, "api_key", { name: "datadog" });
const props: DatadogAgentDaemonProps = {
  cluster: "production",
  apiKey: { secretsManagerArn: secret.arn, jsonKey: "api_key" },
  networkMode: "awsvpc",
  subnets: ["subnet-0123456789abcdef0"],
  applicationSecurityGroups: ["sg-0123456789abcdef0"],
  features: { apm: true, dogstatsd: { socket: true }, logs: { collectAll: false } },
};
const daemon = new DatadogAgentDaemon(stack, "datadog_agent", props);
daemon.instrument({ name: "web", image: "nginx" }, { service: "shop", transport: "socket" });
const [first, ...others] = loadClusters("clusters.yaml");
if (first) new DatadogAgentStack(app, first, ...others);

const resources = new Resources();
Aspects.of(stack).add(resources);
app.synth();
console.log(resources.count);
`;

const CLUSTERS = `
defaults:
  stack: shared
clusters:
  - name: shop
    cluster: shop
    hosts: [linux, windows]
    apiKey: { createSecret: { name: datadog } }
    features: { apm: true, logs: true }
  - name: open
    site: ddog-gov.com
`;

/** An app in a folder of its own. */
class Project {
  constructor(private readonly name: string) {
    mkdirSync(this.path());
  }

  path(...parts: string[]): string {
    return join(folder, this.name, ...parts);
  }

  write(file: string, content: string | object): void {
    writeFileSync(this.path(file), typeof content === "string" ? content : JSON.stringify(content));
  }

  json(...parts: string[]): unknown {
    return JSON.parse(readFileSync(this.path(...parts), "utf8"));
  }

  async install(dependencies: Readonly<Record<string, string>>): Promise<void> {
    this.write("package.json", { private: true, dependencies });
    this.write("clusters.yaml", CLUSTERS);
    await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], { cwd: this.path() });
  }

  async node(...args: string[]): Promise<string> {
    const { stdout } = await run(process.execPath, args, { cwd: this.path() });
    return stdout.trim();
  }

  /** Type-checks and compiles a file as an app does that CDKTF's template begins. */
  async compile(file: string, content: string, options: object = {}): Promise<string> {
    this.write(file, content);
    this.write("tsconfig.json", {
      extends: CDKTF_TEMPLATE,
      // The template leaves out what its TypeScript 5 does by itself: to resolve modules like Node.js 10, and to find
      // every @types package.
      compilerOptions: {
        incremental: false,
        moduleResolution: "node10",
        ignoreDeprecations: "6.0",
        rootDir: ".",
        types: ["node"],
        typeRoots: [join(ROOT, "node_modules/@types")],
        ...options,
      },
      files: [file],
      include: [],
    });
    // What the compiler finds it prints to stdout.
    const { stdout } = await run(process.execPath, [TYPESCRIPT, "-p", "."], { cwd: this.path(), accept: [0, 1, 2] });
    return stdout;
  }

  /** The app's stacks with the core from a package, as Terraform reads them, and the resources that its aspect sees. */
  async synthesize(core: string) {
    expect(await this.compile(`${core}.ts`, app(core))).toBe("");
    const resources = Number(await this.node(`${core}.js`));
    const stacks = ["own", "shared"].map((stack) => {
      const file = this.json("cdktf.out", "stacks", stack, "cdk.tf.json") as StackFile;
      // Which CDKTF made it, and which provider it was made from.
      const { "//": _metadata, terraform, ...rest } = file;
      return { ...rest, ...(stack !== "own" && { terraform }) };
    });
    return { resources, stacks };
  }
}

interface StackFile {
  readonly "//": unknown;
  readonly terraform: unknown;
  readonly resource: Readonly<Record<string, object>>;
}

describe("the package", () => {
  const projects = { cdktf: new Project("cdktf"), cdktn: new Project("cdktn") };
  let files: readonly string[];
  let underCdktf: Awaited<ReturnType<Project["synthesize"]>>;

  beforeAll(async () => {
    const { stdout } = await run("npm", ["pack", "--json", "--silent", "--pack-destination", folder], { cwd: ROOT });
    const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    files = packed.files.map(({ path }) => path);
    const tarball = `file:${join(folder, packed.filename)}`;
    await Promise.all(
      (["cdktf", "cdktn"] as const).map((core) =>
        projects[core].install({ ...APPS[core], "datadog-agent-ecs": tarball }),
      ),
    );
    underCdktf = await projects.cdktf.synthesize("cdktf");
  });

  it("has the library, its types, the schema for editors, and what people read", () => {
    const [library, others] = [true, false].map((inside) =>
      files.filter((file) => file.startsWith("dist/lib/") === inside),
    );
    expect(others).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "clusters.schema.json", "package.json"]);
    expect(library).toEqual(expect.arrayContaining(["dist/lib/index.js", "dist/lib/index.d.ts"]));
    const modules = new Set(library?.map((file) => file.replace(/^dist\/|\.js$|\.d\.ts$/g, "")));
    expect(library).toHaveLength(2 * modules.size);
    expect([...modules].filter((module) => !existsSync(join(ROOT, `${module}.ts`)))).toEqual([]);
    // These are for main.ts and for what is generated.
    const forScripts = ["handoff/readme-tables", "handoff/typescript-interface", "handoff/write-folders", "summary"];
    expect(forScripts.filter((module) => modules.has(`lib/${module}`))).toEqual([]);
  });

  describe("in a CDKTF app", () => {
    const project = projects.cdktf;

    it("is synthesized", () => {
      const [own] = underCdktf.stacks;
      expect(underCdktf.resources).toBe(Object.values(own?.resource ?? {}).flatMap(Object.keys).length);
      const services = underCdktf.stacks.map(({ resource }) => Object.keys(resource.aws_ecs_service ?? {}));
      expect(services.map(({ length }) => length)).toEqual([1, 3]);
    });

    it("has types without an error of their own, for an ES module too", async () => {
      const options = { lib: ["ES2022"], module: "node16", moduleResolution: "node16", skipLibCheck: false };
      // The provider has no `exports`: an ES module names its files.
      const esModule = app("cdktf").replace(/(provider-aws\/lib\/[a-z-]+)/g, "$1/index.js");
      expect(await project.compile("main.mts", esModule, options)).toBe("");
    });

    it("has types that refuse what the configuration refuses", async () => {
      const wrong = app("cdktf").replace("apm: true", "amp: true").replace('"production"', "1");
      const errors = await project.compile("wrong.ts", wrong);
      expect(errors.match(/wrong\.ts.*?TS\d+/g)).toHaveLength(2);
      expect(errors).toContain("'amp' does not exist in type");
    });

    it("is loaded by an ES module, by names", async () => {
      project.write(
        "names.mjs",
        'import { DatadogAgentDaemon, loadClusters } from "datadog-agent-ecs";\n' +
          "console.log(DatadogAgentDaemon.name, loadClusters('clusters.yaml').length);",
      );
      expect(await project.node("names.mjs")).toBe("DatadogAgentDaemon 3");
    });

    it("loads the packages that it uses, and of the provider only the resources", async () => {
      const script =
        'require("datadog-agent-ecs"); console.log(JSON.stringify(Object.keys(require.cache).map((file) => ' +
        'file.slice(process.cwd().length + "/node_modules/".length))))';
      const loaded = JSON.parse(await project.node("-e", script)) as string[];
      const names = new Set(loaded.map((file) => /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]));
      expect([...names].sort()).toEqual([
        "@cdktf/provider-aws",
        "cdktf",
        "constructs",
        "datadog-agent-ecs",
        "fastest-levenshtein",
        "yaml",
        "zod",
      ]);
      expect(loaded.filter((file) => file.startsWith("@cdktf/")).length).toBeLessThan(50);
    });
  });

  describe("in a CDK Terrain app", () => {
    const project = projects.cdktn;

    it("brings no copy of CDKTF", () => {
      const { packages } = project.json("package-lock.json") as { packages: Record<string, { name?: string }> };
      const names = Object.entries(packages).map(([path, { name }]) => name ?? path.replace(/^.*node_modules\//, ""));
      expect(names.filter((name) => /^cdktf|^@cdktf\//.test(name))).toEqual([]);
      expect(names.filter((name) => /cdktn/.test(name)).sort()).toEqual(["@cdktn/provider-aws", "cdktn", "cdktn"]);
      const installed = ["cdktf", "@cdktf/provider-aws"].map((name) =>
        project.json("node_modules", name, "package.json"),
      );
      expect(installed).toMatchObject([{ name: "cdktn" }, { name: "@cdktn/provider-aws" }]);
    });

    it("is synthesized to the same", async () => {
      expect(await project.synthesize("cdktn")).toEqual(underCdktf);
    });

    it("is synthesized to the same where imports stay as they were, though not as instances of the app's classes", async () => {
      const { resources, stacks } = await project.synthesize("cdktf");
      expect(stacks).toEqual(underCdktf.stacks);
      expect(resources).toBe(0);
    });
  });
});

it("has API documentation without a gap", async () => {
  const typedoc = join(ROOT, "node_modules/typedoc/bin/typedoc");
  const { stdout, stderr } = await run(process.execPath, [typedoc, "--out", join(folder, "docs")], { cwd: ROOT });
  expect(stdout + stderr).not.toContain("warning");
  expect(existsSync(join(folder, "docs/interfaces/DatadogAgentDaemonProps.html"))).toBe(true);
});
