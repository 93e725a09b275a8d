import { table } from "../../documentation/markdown";
import { AWS_PROVIDER, TERRAFORM_VERSION } from "../terraform-versions";
import { type Body, Blocks } from "./document";
import { layOut } from "./layout";
import type { Output } from "./outputs";
import type { Input } from "./validation";

/**
 * The output of `terraform-docs markdown table` for the module, between the markers that terraform-docs replaces.
 * @see https://terraform-docs.io/reference/markdown-table/
 */
export function terraformDocs(
  files: readonly Body[],
  inputs: Readonly<Record<string, Input>>,
  outputs: Readonly<Record<string, Output>>,
): string {
  const provider = AWS_PROVIDER.source.split("/").at(-1) ?? "";
  return `<!-- BEGIN_TF_DOCS -->
## Requirements

${table(
  ["Name", "Version"],
  [
    [anchored("requirement", "terraform"), TERRAFORM_VERSION],
    [anchored("requirement", provider), AWS_PROVIDER.version],
  ],
)}

## Providers

${table(["Name", "Version"], [[anchored("provider", provider), AWS_PROVIDER.version]])}

## Modules

No modules.

## Resources

${table(["Name", "Type"], [...resourceRows(files, "resource"), ...resourceRows(files, "data")].sort(byFirst))}

## Inputs

${table(["Name", "Description", "Type", "Default", "Required"], Object.entries(inputs).map(inputRow).sort(byFirst))}

## Outputs

${table(
  ["Name", "Description"],
  Object.entries(outputs)
    .map(([name, { description }]) => [anchored("output", name), description])
    .sort(byFirst),
)}
<!-- END_TF_DOCS -->`;
}

const byFirst = ([a = ""]: readonly string[], [b = ""]: readonly string[]) => (a < b ? -1 : a > b ? 1 : 0);

function anchored(kind: string, name: string): string {
  return `<a name="${kind}_${name}"></a> [${name}](#${kind}\\_${name.replaceAll("_", "\\_")})`;
}

function resourceRows(files: readonly Body[], kind: "resource" | "data"): readonly (readonly string[])[] {
  const blocks = files.flatMap(({ [kind]: all }) => (all instanceof Blocks ? all.each : []));
  const [folder, type] = kind === "resource" ? ["resources", "resource"] : ["data-sources", "data source"];
  return blocks.map(({ labels: [resource = "", name = ""] }) => {
    const page = resource.replace(/^aws_/, "");
    const link = `https://registry.terraform.io/providers/${AWS_PROVIDER.source}/latest/docs/${folder}/${page}`;
    return [`[${resource}.${name}](${link})`, type];
  });
}

function inputRow([name, { description, type, default: value }]: readonly [string, Input]): readonly string[] {
  return [
    anchored("input", name),
    description,
    typeCell(type),
    value === undefined ? "n/a" : `\`${JSON.stringify(value)}\``,
    value === undefined ? "yes" : "no",
  ];
}

/** A type as in variables.tf, where a long type has several lines. */
function typeCell(type: string): string {
  const [first = "", ...rest] = layOut("type = ", type, "  ");
  const lines = [first.replace("  type = ", ""), ...rest];
  // <pre> keeps the spaces. HTML would read a `<` in it as a tag.
  return lines.length === 1
    ? `\`${type}\``
    : `<pre>${lines.map((line) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;")).join("<br/>")}</pre>`;
}
