import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const ROOT = resolve(__dirname, "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const yaml = (file: string): unknown => parse(read(file));

const { engines, dependencies, devDependencies, scripts } = JSON.parse(read("package.json")) as {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  scripts: Record<string, string>;
};

const WORKFLOWS = [
  ...readdirSync(join(ROOT, ".github/workflows")).map((file) => `.github/workflows/${file}`),
  "examples/fleet/datadog-agent.yml",
];

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[]; readonly strategy?: object }>>;
}

const stepsOf = (file: string) => Object.values((yaml(file) as Workflow).jobs).flatMap(({ steps }) => steps);
const actionOf = (step: Step) => step.uses?.split("@")[0];

describe("a workflow", () => {
  it.each(WORKFLOWS)("has actions pinned by their commit, with their version: %s", (file) => {
    const uses = read(file).match(/uses: .*/g) ?? [];
    expect(uses).not.toEqual([]);
    for (const action of uses) expect(action).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it.each(WORKFLOWS)("leaves no credentials in the clone: %s", (file) => {
    const checkouts = stepsOf(file).filter((step) => actionOf(step) === "actions/checkout");
    expect(checkouts).not.toEqual([]);
    for (const checkout of checkouts) expect(checkout.with).toEqual({ "persist-credentials": false });
  });

  it("has one version of an action, wherever it is used", () => {
    const versions = new Map<string, Set<string>>();
    for (const [, action = "", version = ""] of WORKFLOWS.map(read)
      .join("\n")
      .matchAll(/uses: ([^@\n]+)@(.*)/g)) {
      versions.set(action, (versions.get(action) ?? new Set()).add(version));
    }
    expect([...versions].filter(([, { size }]) => size > 1)).toEqual([]);
  });

  it("runs .ci/run, on pushes and pull requests, and may do nothing but read", () => {
    const { on, permissions } = yaml(".github/workflows/ci.yml") as Workflow;
    expect(Object.keys(on)).toEqual(["push", "pull_request"]);
    expect(permissions).toEqual({ contents: "read" });
    expect(stepsOf(".github/workflows/ci.yml").at(-1)).toEqual({ run: ".ci/run" });
  });
});

describe("versions", () => {
  const container = JSON.parse(read(".devcontainer/devcontainer.json")) as {
    image: string;
    features: Record<string, { version?: string }>;
    postCreateCommand: string;
  };
  const oldest = engines.node.replace(">=", "");
  const current = read(".nvmrc").trim();

  it("of Node.js are the oldest that package.json takes, and that of .nvmrc", () => {
    const { strategy } = (yaml(".github/workflows/ci.yml") as Workflow).jobs.run ?? {};
    expect(strategy).toMatchObject({ matrix: { node: [oldest, current] } });
    expect(Number(current)).toBeGreaterThan(Number(oldest.split(".")[0]));
    expect(container.image).toMatch(
      new RegExp(`^mcr\\.microsoft\\.com/devcontainers/typescript-node:\\d+-${current}-`),
    );
    const fleet = stepsOf("examples/fleet/datadog-agent.yml").find((step) => actionOf(step) === "actions/setup-node");
    expect(String(fleet?.with?.["node-version"])).toBe(current);
    expect(devDependencies["@types/node"]?.split(".")[0]).toBe(oldest.split(".")[0]);
  });

  it("of Terraform are one and the same", () => {
    const inWorkflows = WORKFLOWS.flatMap(stepsOf)
      .filter((step) => actionOf(step) === "hashicorp/setup-terraform")
      .map((step) => step.with?.terraform_version);
    const [, inContainer] = Object.entries(container.features).find(([name]) => name.includes("/terraform:")) ?? [];
    expect(inWorkflows.length).toBeGreaterThan(1);
    expect([...new Set(inWorkflows)]).toEqual([inContainer?.version]);
    expect(inContainer?.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("of the emulator are those of one file", () => {
    const file = "__tests__/end-to-end/requirements.txt";
    expect(read(file)).toMatch(/^moto\[server\]==\d+\.\d+\.\d+\n$/);
    const install = `pipx install "$(cat ${file})"`;
    expect(stepsOf(".github/workflows/ci.yml").map(({ run }) => run)).toContain(install);
    expect(container.postCreateCommand).toContain(install);
    expect(read("CONTRIBUTING.md")).toContain(file);
  });

  it("of what a dev container is made of are pinned", () => {
    const features = Object.keys(container.features);
    expect(features.map((name) => name.replace(/^.*\/|:.*$/g, ""))).toEqual(["terraform", "python", "aws-cli"]);
    for (const feature of features) expect(feature).toMatch(/:\d+\.\d+\.\d+$/);
  });
});

describe("Dependabot", () => {
  interface Update {
    readonly directory: string;
    readonly cooldown?: object;
    readonly groups?: Readonly<
      Record<string, { readonly patterns?: string[]; readonly "exclude-patterns"?: string[] }>
    >;
  }
  const { updates } = yaml(".github/dependabot.yml") as { updates: (Update & { "package-ecosystem": string })[] };
  const update = (ecosystem: string) => updates.find((each) => each["package-ecosystem"] === ecosystem);

  it.each([
    ["npm", "package.json"],
    ["github-actions", ".github/workflows/ci.yml"],
    ["pip", "requirements.txt"],
    ["devcontainers", ".devcontainer/devcontainer.json"],
  ])("looks after %s where it is", (ecosystem, file) => {
    expect(existsSync(join(ROOT, update(ecosystem)?.directory ?? "nowhere", file))).toBe(true);
  });

  it("waits a week for what anybody can publish", () => {
    for (const ecosystem of ["npm", "github-actions", "pip"]) {
      expect(update(ecosystem)?.cooldown).toEqual({ "default-days": 7 });
    }
  });

  it("moves cdktf, its CLI and the package of the Terraform provider together", () => {
    const { cdktf, tools } = update("npm")?.groups ?? {};
    const patterns = cdktf?.patterns?.map((pattern) => new RegExp(`^${pattern.replace("*", ".*")}$`)) ?? [];
    const together = Object.keys({ ...dependencies, ...devDependencies }).filter((name) =>
      patterns.some((pattern) => pattern.test(name)),
    );
    expect(together.sort()).toEqual(["@cdktf/provider-aws", "cdktf", "cdktf-cli", "constructs"]);
    expect(tools?.["exclude-patterns"]).toEqual(cdktf?.patterns);
  });
});

describe("an issue form", () => {
  interface Form {
    readonly name: string;
    readonly description: string;
    readonly body: readonly {
      readonly type: string;
      readonly id?: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly validations?: { readonly required: boolean };
    }[];
  }
  const FOLDER = ".github/ISSUE_TEMPLATE";
  const forms = readdirSync(join(ROOT, FOLDER)).filter((file) => file !== "config.yml");
  const form = (file: string) => yaml(`${FOLDER}/${file}`) as Form;

  it.each(forms)("is one as GitHub knows it: %s", (file) => {
    const { name, description, body } = form(file);
    expect([name, description]).toEqual([expect.stringMatching(/./), expect.stringMatching(/\.$/)]);
    const questions = body.filter(({ type }) => type !== "markdown");
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    for (const { id, type, attributes } of questions) {
      expect(id).toMatch(/^[\w-]+$/);
      expect(["input", "textarea"]).toContain(type);
      expect(attributes.label).toMatch(/./);
    }
  });

  it("asks for what is needed to find a bug, and for no secret", () => {
    const { body } = form("bug.yml");
    const required = body.filter(({ validations }) => validations?.required).map(({ id }) => id);
    expect(required).toEqual(["version", "configuration", "synth", "expected"]);
    expect(body.map(({ id }) => id)).toContain("plan");
    expect(body[0]?.attributes.value).toMatch(/SECURITY\.md[^]*API keys/);
    expect(body.find(({ id }) => id === "configuration")?.attributes.description).toContain("without secrets");
  });

  it("is the only way to an issue, besides the way to Datadog", () => {
    expect(yaml(`${FOLDER}/config.yml`)).toMatchObject({
      blank_issues_enabled: false,
      contact_links: [{ url: "https://docs.datadoghq.com/help/" }],
    });
  });
});

describe("npm run check", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-check-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs it where every script says that it was run, and `failing` fails. */
  function check(failing?: string) {
    const names = ["lint", "typecheck", "generate", "synth", "test"];
    const script = "node -e \"console.log('ran', ...process.argv.slice(1))\"";
    const all = names.map((name) => [name, name === failing ? "exit 3" : `${script} ${name}`]);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts: Object.fromEntries(all) as object }));
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, "scripts/check.mjs")], {
      cwd: folder,
      encoding: "utf8",
    });
    return { status, ran: stdout.match(/^ran .*$/gm) };
  }

  it("runs the static checks, then the tests", () => {
    expect(check()).toEqual({
      status: 0,
      ran: ["ran lint", "ran typecheck", "ran generate --check", "ran synth", "ran test"],
    });
  });

  it("stops at what fails, and fails", () => {
    expect(check("generate")).toEqual({ status: 1, ran: ["ran lint", "ran typecheck"] });
  });

  it("is all that .ci/run runs after the installation", () => {
    expect(read(".ci/run").match(/^npm .*$/gm)).toEqual(["npm ci", "npm run check"]);
    expect(scripts.check).toBe("node scripts/check.mjs");
    expect(read(".github/pull_request_template.md")).toContain("`npm run check`");
  });
});
