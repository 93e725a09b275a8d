import { projectFiles } from "../lib/app/init/files";
import { DEFAULTS } from "../lib/app/init/answers";
import { read } from "./support/documents";

interface PackageJson {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

const PTY = "@cdktf/node-pty-prebuilt-multiarch";
const ours = JSON.parse(read("package.json")) as PackageJson;

describe("npm ci", () => {
  it("needs no compiler: packages with install scripts have binaries for every version of Node.js", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Readonly<Record<string, { hasInstallScript?: boolean; optional?: boolean }>>;
    };
    const names = Object.entries(packages)
      .filter(([, { hasInstallScript, optional }]) => hasInstallScript === true && optional !== true)
      .map(([path]) => path.replace(/^.*node_modules\//, ""));
    expect([...new Set(names)].sort()).toEqual(["@parcel/watcher", "@swc/core", "esbuild", "unrs-resolver"]);
  });

  it.each([
    ["this repository", ours],
    ["a project of init", JSON.parse(projectFiles(DEFAULTS)["package.json"] ?? "{}") as PackageJson],
  ])(
    "installs the CDKTF CLI with a package for terminals that has binaries, in %s",
    (_what, { devDependencies, overrides }) => {
      expect(devDependencies[PTY]).toMatch(/^npm:@lydell\/node-pty@\^?\d/);
      // A direct dependency, so that it is where the CLI looks for it.
      expect(overrides[PTY]).toBe(`$${PTY}`);
    },
  );
});
