import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "yaml";
import { VERSION } from "../lib/version";
import { read, ROOT } from "./support/documents";

const scripts = createRequire(__filename);
const { sectionOf } = scripts("../scripts/release-notes.cjs") as {
  sectionOf: (changelog: string, version: string) => string | undefined;
};
const { typesIn, wrongWith } = scripts("../scripts/conventional-title.cjs") as {
  typesIn: (config: object) => readonly string[];
  wrongWith: (title: string, types: readonly string[]) => string | undefined;
};
const config = JSON.parse(read("release-please-config.json")) as {
  packages: Readonly<Record<string, { "extra-files": readonly string[] }>>;
};

describe("the notes of a release", () => {
  const changelog = `# Changelog

## [0.2.0](https://git.example/compare/v0.1.0...v0.2.0) (2026-12-01)

### Added

- Two

## 0.1.0 (2026-11-01)

- One

## [Unreleased] - 0.0.1

- Zero

## 0.0.0

`;

  it.each([
    ["0.2.0", "### Added\n\n- Two"],
    ["0.1.0", "- One"],
    ["0.0.1", "- Zero"],
    ["0.0.0", undefined],
    ["2.0", undefined],
    ["0.3.0", undefined],
  ])("of %s are below its heading", (version, section) => {
    expect(sectionOf(changelog, version)).toBe(section);
  });

  it("are in the changelog for the version of this package", () => {
    expect(sectionOf(read("CHANGELOG.md"), VERSION)).toMatch(/^### Added\n/);
  });
});

describe("the title of a change", () => {
  const types = typesIn(config);

  it.each([
    "feat: print the IAM policy",
    "fix(import)!: read `ulimits` of version 2",
    "docs: say what `adopt` does",
    "build: take 3 packages out",
  ])("may be %s", (title) => {
    expect(wrongWith(title, types)).toBeUndefined();
  });

  it.each([
    ["Print the IAM policy", "a type, a colon and a sentence"],
    ["feature: print the IAM policy", "The type feature is not one of feat, fix"],
    ["feat: Print the IAM policy", "small letter"],
    ["feat: print the IAM policy.", "without a period"],
    [`feat: ${"a".repeat(100)}`, "at most 100 characters, and has 106"],
    ["", "a type, a colon and a sentence"],
  ])("can't be %p", (title, message) => {
    expect(wrongWith(title, types)).toContain(message);
  });
});

describe("release-please", () => {
  it("has a version to count from", () => {
    expect(JSON.parse(read(".release-please-manifest.json"))).toEqual({ ".": VERSION });
    expect(JSON.parse(read("package.json"))).toMatchObject({ version: VERSION });
  });

  it("changes the version in every file that has it", () => {
    for (const file of config.packages["."]?.["extra-files"] ?? []) {
      expect(read(file)).toMatch(new RegExp(`"${VERSION.replaceAll(".", "\\.")}".*// x-release-please-version`));
    }
  });
});

describe("the workflows", () => {
  const files = readdirSync(join(ROOT, ".github/workflows"));
  interface Workflow {
    readonly permissions: object;
    readonly jobs: Readonly<Record<string, { "timeout-minutes"?: number; steps: readonly { run?: string }[] }>>;
  }
  const workflow = (file: string) => parse(read(`.github/workflows/${file}`)) as Workflow;

  it.each(files)("may only read unless a job says more, and end: %s", (file) => {
    const { permissions, jobs } = workflow(file);
    expect(permissions).toEqual({ contents: "read" });
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  it.each(files)("put nothing that somebody else may have written into a script: %s", (file) => {
    const runs = Object.values(workflow(file).jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const run of runs) expect(run).not.toContain("${{");
  });

  it("publish without a token", () => {
    const { jobs } = workflow("release.yml");
    expect(jobs.npm).toMatchObject({ permissions: { contents: "read", "id-token": "write" } });
    expect(read(".github/workflows/release.yml")).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});
