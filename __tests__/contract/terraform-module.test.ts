import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalog } from "../../lib/catalog";
import type { Setting } from "../../lib/core/setting";
import type { Feature } from "../../lib/core/feature";
import { terraformModule } from "../../lib/outputs/terraform-module";
import { moduleOf } from "../support/module";
import { everyOption } from "../support/options";

/** Independent of the code under test: the Terraform name of a configuration key. */
const snake = (name: string) => name.replace("MiB", "Mib").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const textOf = (entry: Readonly<Record<string, unknown>> = {}) =>
  [...terraformModule(catalog, moduleOf(entry)).values()].join("\n");
const fileOf = (file: string) => terraformModule(catalog, moduleOf()).get(file) ?? "";
const variablesText = () => fileOf("variables.tf") + fileOf("variables-features.tf");

const daemons = Object.entries<Setting>(catalog.settings).filter(([, { of }]) => of === "daemon");
const hasVariable = ({ module = {} }: Setting) => !("none" in module) && !("partOf" in module);

describe("every setting of a daemon", () => {
  const variables = variablesText();

  it.each(daemons.filter(([, setting]) => hasVariable(setting)))(
    "is a variable with the setting's summary: %s",
    (name, { summary, inCode, module = {} }) => {
      const description = "summary" in module && module.summary !== undefined ? module.summary : summary;
      const [, block = ""] = variables.split(`variable "${snake(name)}" {\n`);
      expect(block).not.toBe("");
      // A setting with code in the outputs can have another description.
      if (inCode === undefined) expect(block.split("\n}\n")[0]).toContain(JSON.stringify(description).slice(1, -1));
    },
  );

  it.each(daemons.filter(([, setting]) => !hasVariable(setting)))(
    "has a reason if it isn't a variable: %s",
    (name, { module = {} }) => {
      expect(variables).not.toContain(`variable "${snake(name)}" {`);
      const where = "partOf" in module ? module.partOf : "none" in module ? module.none : "";
      expect(where).toMatch(/\S/);
      if ("partOf" in module) expect(variables).toContain(`variable "${module.partOf}" {`);
    },
  );
});

describe("every feature", () => {
  const linux = textOf();

  it.each(Object.entries<Feature>(catalog.features))("has its options as variables: %s", (name, { options }) => {
    for (const option of Object.keys(options.shape)) {
      expect(linux).toContain(`local.options.${snake(name)}.${snake(option)}`);
    }
  });

  it.each(Object.entries<Feature>(catalog.features))(
    "has the options of the module's entry as defaults: %s",
    (name, feature) => {
      const options = everyOption(feature);
      if (Object.keys(options).length === 0) return;
      const site = feature.sites?.only[0];
      const needed: Record<string, boolean> = Object.fromEntries(
        Object.values<string | undefined>(feature.optionNeeds ?? {}).map((other) => [String(other), true] as const),
      );
      expect(textOf({ site, features: { ...needed, [name]: options } })).not.toBe(
        textOf({ site, features: { ...needed, [name]: false } }),
      );
    },
  );
});

describe("the module's files", () => {
  it("are HCL files and documentation", () => {
    // prettier-ignore
    const inRoot = (entry = {}) => [...terraformModule(catalog, moduleOf(entry)).keys()].filter((path) => !path.includes("/"));
    const files = [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "features.tf",
      "locals.tf",
      "main.tf",
      "outputs.tf",
      "roles.tf",
      "security-group.tf",
      "variables-features.tf",
      "variables.tf",
      "versions.tf",
    ];
    expect(inRoot().sort()).toEqual(files);
    expect(inRoot({ vendorOutputs: true }).sort()).toEqual([...files, "compatibility.tf"].sort());
  });

  it("contain the license and the version of this package", () => {
    const root = join(__dirname, "../..");
    expect(fileOf("LICENSE")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    expect(fileOf("CHANGELOG.md")).toContain(`\n## ${version}\n`);
  });

  it.each([
    ["linux", ["application", "basic", "complete", "ecs-anywhere", "govcloud", "several-clusters"]],
    ["windows", ["basic", "complete", "several-clusters", "windows"]],
  ])("have examples with a description on %s", (host, expected) => {
    const files = terraformModule(catalog, moduleOf({ host }));
    const names = [...files.keys()].flatMap((path) => /^examples\/([^/]+)\/main\.tf$/.exec(path)?.[1] ?? []);
    expect(names.sort()).toEqual(expected);
    expect(names.filter((name) => !/^# .+\n\n.{40,}/.test(files.get(`examples/${name}/README.md`) ?? ""))).toEqual([]);
  });

  it.each(["linux", "amazon-linux-1", "windows"])(
    "only call functions of Terraform 1.5, and have no backend: %s",
    (host) => {
      const text = textOf({ host });
      expect(text).not.toMatch(/\bprovider::|\bephemeral\b|\bissensitive\(|\btemplatestring\(/);
      expect(text).not.toMatch(/^\s*(?:backend|cloud)\b.*\{/m);
      expect(text).not.toContain("TfToken");
    },
  );

  it("have no validation that reads another variable, which Terraform before 1.9 doesn't support", () => {
    for (const block of variablesText()
      .split(/^variable "/m)
      .slice(1)) {
      const name = /^\w+/.exec(block)?.[0] ?? "";
      const [, ...validations] = block.split("validation {");
      const read = validations.flatMap((text) =>
        [...text.matchAll(/(?<![\w.])(?:var|local)\.\w+/g)].map(([each]) => each),
      );
      expect(read.filter((each) => each !== `var.${name}`)).toEqual([]);
    }
  });
});
