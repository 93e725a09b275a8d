import { parse } from "@cdktf/hcl2json";
import { catalog } from "../../../lib/catalog";
import { moduleFiles, terraformModule } from "../../../lib/outputs/terraform-module";
import { Blocks, type Body, codeOf, Commented, type Value } from "../../../lib/outputs/terraform-module/document";
import { moduleOf } from "../../support/module";

/** The parser is a Go program that takes longer to start than the default timeout. */
jest.setTimeout(60_000);

/** The file without layout: each attribute on one line. */
function flat(body: Body): string {
  return Object.entries(body)
    .map(([name, value]) => flatItem(name, value))
    .join("\n");
}

function flatItem(name: string, value: Value): string {
  if (value === undefined) return "";
  if (value instanceof Commented) return flatItem(name, value.value);
  if (!(value instanceof Blocks)) return `${name} = ${codeOf(value)}`;
  return value.each
    .map(({ labels, body }) => `${[name, ...labels.map((label) => `"${label}"`)].join(" ")} {\n${flat(body)}\n}`)
    .join("\n");
}

/** Parsed code without the layout: spaces, trailing commas and parentheses. */
function withoutLayout(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLayout);
  if (typeof value === "string") return value.startsWith("${") ? value.replace(/[\s,()]+/g, "") : value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutLayout(inner)]));
}

describe.each(["linux", "amazon-linux-1", "windows"])("the module for %s", (host) => {
  const module = moduleOf({
    host,
    vendorOutputs: true,
    environment: { A: 'a "b" \\ $${c} %%{d} \n\t\u0007' },
    features: { apm: true, logs: { exclude: ["image:^x$"] } },
  });
  const files = moduleFiles(catalog, module);
  const texts = terraformModule(catalog, module);

  it.each(Object.keys(files))("has the same meaning on several lines as on one line: %s", async (path) => {
    const laidOut = await parse(path, texts.get(path) ?? "");
    expect(withoutLayout(laidOut)).toEqual(withoutLayout(await parse(path, flat(files[path]?.body ?? {}))));
  });

  it("keeps special characters in strings", async () => {
    const { variable } = (await parse("variables.tf", texts.get("variables.tf") ?? "")) as {
      variable: Record<string, readonly { readonly default: unknown }[]>;
    };
    expect(variable.environment?.[0]?.default).toEqual({ A: 'a "b" \\ $${c} %%{d} \n\t\u0007' });
  });

  it.each([...texts].filter(([path]) => /\.(?:tf|tftest\.hcl)$/.test(path)))("is HCL: %s", async (path, text) => {
    expect(Object.keys(await parse(path, text))).not.toEqual([]);
  });
});
