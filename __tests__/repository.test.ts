import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { read, ROOT } from "./support/documents";

const yaml = (file: string): unknown => parse(read(file));

const { engines, devDependencies } = JSON.parse(read("package.json")) as {
  engines: { node: string };
  devDependencies: Record<string, string>;
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
    const { strategy: ofSynth } = (yaml(".github/workflows/ci.yml") as Workflow).jobs.synth ?? {};
    expect(ofSynth).toMatchObject({ matrix: { node: [oldest, current, "24"] } });
    expect(Number(current)).toBeGreaterThan(Number(oldest.split(".")[0]));
    expect(container.image).toMatch(
      new RegExp(`^mcr\\.microsoft\\.com/devcontainers/typescript-node:\\d+-${current}-`),
    );
    const fleet = stepsOf("examples/fleet/datadog-agent.yml").find((step) => actionOf(step) === "actions/setup-node");
    expect(String(fleet?.with?.["node-version"])).toBe(current);
    expect(devDependencies["@types/node"]?.split(".")[0]).toBe(oldest.split(".")[0]);
  });

  it("of Terraform are one and the same, except where the newest is tested", () => {
    const inWorkflows = WORKFLOWS.flatMap(stepsOf)
      .filter((step) => actionOf(step) === "hashicorp/setup-terraform")
      .map((step) => step.with?.terraform_version)
      .filter((version) => version !== "latest");
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
});

it("has no JSON file with the name of a TypeScript file, which ts-node would load instead", () => {
  const files = new Set(readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" }));
  const shadowed = [...files].filter((file) => file.endsWith(".json") && files.has(file.replace(/json$/, "ts")));
  expect([...files].filter((file) => file.endsWith(".json"))).not.toEqual([]);
  expect(shadowed).toEqual([]);
});
