import { COMMANDS } from "../lib/commands";
import { configurationOf } from "./support/clusters";
import { read } from "./support/documents";

/** The README of the package, which npm shows. */
const readme = read("etc/npm-readme.md");

describe("the README of the package", () => {
  it("has no link that needs the repository around it", () => {
    const links = [...readme.matchAll(/\]\(([^)]*)\)/g)].map(([, link = ""]) => link);
    expect(links).not.toEqual([]);
    for (const link of links) expect(link).toMatch(/^https:\/\//);
  });

  it("has a valid configuration", () => {
    const [, yaml = ""] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
    expect(configurationOf(yaml).stacks.map(({ name }) => name)).toEqual(["production"]);
  });

  it("has every command", () => {
    const names = [...readme.matchAll(/^\| `(\w+)` /gm)].map(([, name = ""]) => name);
    expect(names).toEqual(Object.keys(COMMANDS));
  });

  it("is short", () => {
    expect(readme.split(/\s+/).length).toBeLessThan(600);
  });
});

it("the repository is published from its own folder only", () => {
  expect(JSON.parse(read("package.json"))).toMatchObject({ private: true });
});
