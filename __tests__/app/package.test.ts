import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run } from "../end-to-end/support/run";

const ROOT = resolve(__dirname, "../..");
const TYPESCRIPT = join(ROOT, "node_modules/typescript/bin/tsc");
const CDKTF_TEMPLATE = join(ROOT, "node_modules/cdktf-cli/bundle/templates/typescript/tsconfig.json");

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const { devDependencies = {} } = JSON.parse(read("package.json")) as { devDependencies?: Record<string, string> };

/** The packages that an app needs in addition, and where it imports from. */
const APPS = {
  cdktf: {
    dependencies: Object.fromEntries(
      ["@cdktf/provider-aws", "cdktf", "constructs"].map((name) => [name, devDependencies[name] ?? ""]),
    ),
    provider: "@cdktf/provider-aws",
    entry: "datadog-agent-ecs",
  },
  cdktn: {
    // As in the documentation, or the newest versions.
    dependencies: Object.fromEntries(
      Object.entries(
        JSON.parse(
          /^## CDK Terrain$[^]*?^```json\n([^]*?)^```$/m.exec(read("docs/cdktn-and-opentofu.md"))?.[1] ?? "{}",
        ) as Record<string, string>,
      ).map(([name, version]) => [name, process.env.NEWEST_CDKTN === "true" ? "latest" : version]),
    ),
    provider: "@cdktn/provider-aws",
    entry: "datadog-agent-ecs/cdktn",
  },
} as const;
type Core = keyof typeof APPS;

/** An app with the construct in a custom stack, and a stack of clusters.yaml. */
const app = (core: Core) => `
import { DataAwsSecretsmanagerSecret } from "${APPS[core].provider}/lib/data-aws-secretsmanager-secret";
import { EcsService } from "${APPS[core].provider}/lib/ecs-service";
import { AwsProvider } from "${APPS[core].provider}/lib/provider";
import { App, Aspects, type IAspect, LocalBackend, TerraformResource, TerraformStack } from "${core}";
import type { IConstruct } from "constructs";
import { DatadogAgentDaemon, type DatadogAgentDaemonProps, DatadogAgentStack, loadConfiguration } from "${APPS[core].entry}";

/** Counts resources with an aspect, as apps do to tag or check all resources. */
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
for (const each of loadConfiguration("clusters.yaml").stacks) new DatadogAgentStack(app, each);

if (!(daemon.service instanceof EcsService)) throw new Error("The service is of another copy of the provider.");
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

/** An app in a temporary folder. */
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

  /** Type-checks and compiles a file with the settings of CDKTF's project template. */
  async compile(file: string, content: string, options: object = {}): Promise<string> {
    this.write(file, content);
    this.write("tsconfig.json", {
      extends: CDKTF_TEMPLATE,
      // Defaults of TypeScript 5, which the template relies on: Node.js 10 module resolution, and
      // all @types packages.
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
    // The compiler prints errors to stdout.
    const { stdout } = await run(process.execPath, [TYPESCRIPT, "-p", "."], { cwd: this.path(), accept: [0, 1, 2] });
    return stdout;
  }

  /** The app's stacks as Terraform reads them, and the number of resources that its aspect sees. */
  async synthesize(core: Core) {
    expect(await this.compile(`${core}.ts`, app(core))).toBe("");
    const resources = Number(await this.node(`${core}.js`));
    const stacks = ["own", "shared"].map((stack) => {
      const file = this.json("cdktf.out", "stacks", stack, "cdk.tf.json") as StackFile;
      // Versions of CDKTF and of the provider package.
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
  let tarball = "";
  let underCdktf: Awaited<ReturnType<Project["synthesize"]>>;

  beforeAll(async () => {
    await run(process.execPath, [join(ROOT, "scripts/build.mjs")], { cwd: ROOT });
    const pack = ["pack", "./dist/package", "--json", "--silent", "--pack-destination", folder];
    const { stdout } = await run("npm", pack, { cwd: ROOT });
    const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
    files = packed.files.map(({ path }) => path);
    tarball = `file:${join(folder, packed.filename)}`;
    await Promise.all(
      (["cdktf", "cdktn"] as const).map((core) =>
        projects[core].install({ ...APPS[core].dependencies, "datadog-agent-ecs": tarball }),
      ),
    );
    underCdktf = await projects.cdktf.synthesize("cdktf");
  });

  it("has the library for CDKTF and CDK Terrain, the commands, the schema for editors, and documentation", () => {
    expect([...files].sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "clusters.schema.json",
      "dist/THIRD_PARTY_LICENSES.txt",
      "dist/bin/commands.js",
      "dist/bin/datadog-agent-ecs.js",
      "dist/bin/synth.js",
      "dist/cdktn/index.d.ts",
      "dist/cdktn/index.js",
      "dist/lib/index.d.ts",
      "dist/lib/index.js",
      "package.json",
    ]);
  });

  it("has the licenses of all bundled packages", () => {
    const licenses = readFileSync(join(ROOT, "dist/THIRD_PARTY_LICENSES.txt"), "utf8");
    for (const name of ["cdktf", "zod", "yaml", "fastest-levenshtein", "@clack/prompts", "@aws-sdk/client-ecs"]) {
      expect(licenses).toMatch(new RegExp(`^${name} \\d`, "m"));
    }
  });

  it("exports what the report in etc/ has; `npm run api` writes it", () => {
    expect(read("dist/api.md")).toBe(read("etc/datadog-agent-ecs.api.md"));
  });

  it("passes the package checks", async () => {
    await run(process.execPath, [join(ROOT, "node_modules/publint/src/cli.js"), "--strict"], {
      cwd: join(ROOT, "dist/package"),
    });
    const attw = join(ROOT, "node_modules/@arethetypeswrong/cli/dist/index.js");
    await run(
      process.execPath,
      [attw, tarball.slice("file:".length), "--exclude-entrypoints", "clusters.schema.json"],
      {
        cwd: ROOT,
      },
    );
  });

  describe("in an empty folder", () => {
    const project = new Project("empty");
    const command = (...args: string[]) =>
      run("npx", ["--no-install", "datadog-agent-ecs", ...args], { cwd: project.path() });

    it("installs no other package, and is small", async () => {
      project.write("package.json", {});
      await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", tarball], { cwd: project.path() });
      const { packages } = project.json("package-lock.json") as { packages: Record<string, { peer?: boolean }> };
      expect(Object.keys(packages)).toEqual(["", "node_modules/datadog-agent-ecs"]);
      const installed = readdirSync(project.path("node_modules/datadog-agent-ecs"), {
        recursive: true,
        encoding: "utf8",
      });
      const sizes = installed.map((file) => statSync(project.path("node_modules/datadog-agent-ecs", file)).size);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6 * 2 ** 20);
    });

    it("makes a project that is valid and is synthesized", async () => {
      await command("init", "--cluster", "prod", "--features", "apm,logs");
      expect((await command("validate")).stdout).toBe("clusters.yaml is valid: 1 stack, 1 daemon service.\n");
      expect((await command("synth")).stdout).toContain("\nNext: npx cdktf deploy datadog-agent\n");
      expect(project.json("cdktf.out/stacks/datadog-agent/cdk.tf.json")).toHaveProperty("resource.aws_ecs_service");
      const { app: start } = project.json("cdktf.json") as { app: string };
      rmSync(project.path("cdktf.out"), { recursive: true });
      const [node, ...args] = start.split(" ");
      expect(node).toBe("node");
      await project.node(...args);
      expect(existsSync(project.path("cdktf.out/stacks/datadog-agent/task-definition.json"))).toBe(true);
    });

    it("explains, imports and writes a module", async () => {
      expect((await command("explain", "datadog-agent", "apm")).stdout).toContain("apm");
      const task = project.path("cdktf.out/stacks/datadog-agent/task-definition.json");
      expect((await command("import", task)).stdout).toContain("features:");
      await command("module", "agent");
      expect(existsSync(project.path("modules/agent/main.tf"))).toBe(true);
    });

    it("prints the commands and its version, and refuses unknown commands", async () => {
      const { version } = JSON.parse(read("package.json")) as { version: string };
      expect((await command("--version")).stdout).toBe(`${version}\n`);
      expect((await command("synth", "--version")).stdout).toBe(`${version}\n`);
      const { stdout } = await command("--help");
      expect(stdout).toMatch(/^Usage: datadog-agent-ecs <command> \[options\]\n/);
      for (const name of ["init", "synth", "validate", "explain", "iam", "import", "module"]) {
        expect(stdout).toContain(`\n  ${name} `);
        expect((await command(name, "--help")).stdout).toContain(`Usage: datadog-agent-ecs ${name}`);
      }
      const refused = await run("npx", ["--no-install", "datadog-agent-ecs", "sinth"], {
        cwd: project.path(),
        accept: [2],
      });
      expect(refused.stderr).toContain('Unknown command "sinth". Did you mean "synth"?');
    });
  });

  describe("in a CDKTF app", () => {
    const project = projects.cdktf;

    it("is synthesized", () => {
      const [own] = underCdktf.stacks;
      expect(underCdktf.resources).toBe(Object.values(own?.resource ?? {}).flatMap(Object.keys).length);
      const services = underCdktf.stacks.map(({ resource }) => Object.keys(resource.aws_ecs_service ?? {}));
      expect(services.map(({ length }) => length)).toEqual([1, 3]);
    });

    it("has types without errors, also for an ES module", async () => {
      const options = { lib: ["ES2022"], module: "node16", moduleResolution: "node16", skipLibCheck: false };
      // The provider package has no `exports`, so an ES module must import files.
      const esModule = app("cdktf").replace(/(provider-aws\/lib\/[a-z-]+)/g, "$1/index.js");
      expect(await project.compile("main.mts", esModule, options)).toBe("");
    });

    it("has types that reject invalid configurations", async () => {
      const wrong = app("cdktf").replace("apm: true", "amp: true").replace('"production"', "1");
      const errors = await project.compile("wrong.ts", wrong);
      expect(errors.match(/wrong\.ts.*?TS\d+/g)).toHaveLength(2);
      expect(errors).toContain("'amp' does not exist in type");
    });

    it("has a README whose example has no error of types", async () => {
      const [, example = ""] = /```ts\n([^]*?)```/.exec(read("etc/npm-readme.md")) ?? [];
      expect(example).toContain("new DatadogAgentDaemon");
      expect(await project.compile("readme.ts", example)).toBe("");
    });

    it("can be imported by name in an ES module", async () => {
      project.write(
        "names.mjs",
        'import { DatadogAgentDaemon, loadConfiguration } from "datadog-agent-ecs";\n' +
          "console.log(DatadogAgentDaemon.name, loadConfiguration('clusters.yaml').stacks.length);",
      );
      expect(await project.node("names.mjs")).toBe("DatadogAgentDaemon 1");
    });

    it("loads only the packages that it uses, and only the used resources of the provider", async () => {
      const script =
        'require("datadog-agent-ecs"); console.log(JSON.stringify(Object.keys(require.cache).map((file) => ' +
        'file.slice(process.cwd().length + "/node_modules/".length))))';
      const loaded = JSON.parse(await project.node("-e", script)) as string[];
      const names = new Set(loaded.map((file) => /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]));
      expect([...names].sort()).toEqual(["@cdktf/provider-aws", "cdktf", "constructs", "datadog-agent-ecs"]);
      expect(loaded.filter((file) => file.startsWith("@cdktf/")).length).toBeLessThan(50);
    });
  });

  describe("in a CDK Terrain app", () => {
    const project = projects.cdktn;

    it("contains no copy of CDKTF", () => {
      const { packages } = project.json("package-lock.json") as { packages: Record<string, object> };
      const names = Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ""));
      expect(names.filter((name) => /^(?:@?cdk(?:tf|tn))/.test(name)).sort()).toEqual(["@cdktn/provider-aws", "cdktn"]);
    });

    it("synthesizes the same output, with the app's own classes", async () => {
      expect(await project.synthesize("cdktn")).toEqual(underCdktf);
    });

    it("has types without errors", async () => {
      const options = { lib: ["ES2022"], module: "node16", moduleResolution: "node16", skipLibCheck: false };
      const esModule = app("cdktn").replace(/(provider-aws\/lib\/[a-z-]+)/g, "$1/index.js");
      expect(await project.compile("main.mts", esModule, options)).toBe("");
    });
  });
});

it("has complete API documentation", async () => {
  const typedoc = join(ROOT, "node_modules/typedoc/bin/typedoc");
  const { stdout, stderr } = await run(process.execPath, [typedoc, "--out", join(folder, "docs")], { cwd: ROOT });
  expect(stdout + stderr).not.toContain("warning");
  expect(existsSync(join(folder, "docs/interfaces/DatadogAgentDaemonProps.html"))).toBe(true);
});
