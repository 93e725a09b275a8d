import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { catalog } from "../../../lib/catalog";
import { terraformModule } from "../../../lib/outputs/terraform-module";
import { moduleOf } from "../../support/module";

type Entry = Parameters<typeof moduleOf>[0];

const fileOf = (path: string, entry: Entry = {}) => terraformModule(catalog, moduleOf(entry)).get(path) ?? "";
const readmeOf = (entry: Entry = {}) => fileOf("README.md", entry);

/** The rows of the table under a heading, without its header. */
function rowsUnder(heading: string, text: string): readonly string[] {
  const section = text.split(`\n${heading}\n`)[1]?.split(/\n##? /)[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
}

const namesIn = (text: string, block: string) =>
  [...text.matchAll(new RegExp(`^${block} "(\\w+)"`, "gm"))].map(([, name = ""]) => name);
const anchorsIn = (rows: readonly string[]) => rows.map((row) => /<a name="\w+?_(\w+)">/.exec(row)?.[1]);

describe("the module's README", () => {
  it("has the section that terraform-docs replaces", () => {
    const [, section = ""] = /<!-- BEGIN_TF_DOCS -->\n([^]*?)<!-- END_TF_DOCS -->/.exec(readmeOf()) ?? [];
    expect([...section.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
      "Requirements",
      "Providers",
      "Modules",
      "Resources",
      "Inputs",
      "Outputs",
    ]);
  });

  it.each([{ host: "linux" }, { host: "windows" }, { host: "linux", vendorOutputs: true }])(
    "has every variable, output and resource of %j, in the order of their names",
    (entry) => {
      const readme = readmeOf(entry);
      const code = [...terraformModule(catalog, moduleOf(entry))]
        .filter(([path]) => /^[\w-]+\.tf$/.test(path))
        .map(([, text]) => text)
        .join("\n");
      expect(anchorsIn(rowsUnder("## Inputs", readme))).toEqual(namesIn(code, "variable").sort());
      expect(anchorsIn(rowsUnder("## Outputs", readme))).toEqual(namesIn(code, "output").sort());
      expect(rowsUnder("## Resources", readme)).toHaveLength([...code.matchAll(/^(?:resource|data) "/gm)].length);
    },
  );

  it("shows which variables are required, and long types on several lines", () => {
    const rows = rowsUnder("## Inputs", readmeOf());
    const required = rows.filter((row) => row.endsWith("| n/a | yes |"));
    expect(anchorsIn(required)).toEqual(["api_key"]);
    expect(required[0]).toContain("<pre>object({<br/>    secrets_manager_arn");
    expect(rows.filter((row) => row.endsWith("| no |"))).toHaveLength(rows.length - 1);
  });

  it("shows the whole example of an application", () => {
    const example = fileOf("examples/application/main.tf")
      .replace("var.cluster", '"production"')
      .replace("var.cluster", '"production"')
      .replace('"../.."', '"./modules/agent"');
    const [, shown = ""] = /^```hcl\n(provider [^]*?)^```$/m.exec(readmeOf()) ?? [];
    const aligned = (text: string) => text.replace(/ += /g, " = ").replace(/secrets_manager_arn = .*/, "");
    expect(aligned(shown)).toBe(aligned(example));
  });

  it("documents ports on hosts without sockets", () => {
    expect(readmeOf({ host: "windows" })).toContain("8126/tcp");
    expect(fileOf("examples/application/main.tf", { host: "windows" })).toBe("");
  });

  it("has a replacement for every variable of Datadog's module", () => {
    const vendors = resolve(__dirname, "../../../bench/vendor-module/main.tf.json");
    const { variable } = JSON.parse(readFileSync(vendors, "utf8")) as { variable: Record<string, unknown> };
    const rows = rowsUnder("## Migrating from DataDog/ecs-datadog/aws//modules/ecs_ec2", readmeOf());
    const replaced = rows.map((row) => /^\| `(\w+)` \|/.exec(row)?.[1]);
    expect(replaced.sort()).toEqual(Object.keys(variable).sort());
    expect(replaced).toHaveLength(42);
  });

  it("has no migration guide for Windows, which Datadog's module doesn't support", () => {
    expect(readmeOf({ host: "windows" })).not.toContain("## Migrating");
  });
});
