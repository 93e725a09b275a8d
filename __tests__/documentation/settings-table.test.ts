import * as z from "zod";
import { catalog } from "../../lib/catalog";
import { type Setting } from "../../lib/core/setting";
import { from } from "../../lib/core/term";
import { settingsTable } from "../../lib/documentation/settings-table";

const setting = (more: Partial<Setting>): Setting => ({ summary: "A setting", of: "daemon", schema: z.any(), ...more });

function rowOf(more: Partial<Setting>): string | undefined {
  return settingsTable({ key: setting(more) })
    .split("\n")
    .at(-1);
}

describe("settingsTable", () => {
  it.each<[string, Partial<Setting>, string]>([
    ["a field of the container", { container: { cpu: from("key") } }, "`cpu` of the container |  |  | yes | yes"],
    ["a field of the task", { task: { family: from("key") } }, "`family` |  |  | yes | yes"],
    [
      "variables and other contributions",
      { contribution: { environment: { DD_A: "a" }, capabilities: from("key") } },
      "variable `DD_A`, `capabilities` of the container |  |  | yes | yes",
    ],
    [
      "arguments of the service",
      { service: { name: from("key"), cluster: "c" } },
      " | `name`, `cluster` |  | yes | yes",
    ],
    ["text as code", { inCode: "it is a resource" }, " |  | it is a resource | yes | yes"],
    ["what the module doesn't support", { module: { none: "of that" } }, " |  |  | none: of that | yes"],
    ["a part of a variable", { module: { partOf: "role", value: "" } }, " |  |  | part of `role` | yes"],
    ["what import doesn't support", { notImported: "of this" }, " |  |  | yes | no: of this"],
  ])("shows %s", (_what, more, cells) => {
    expect(rowOf(more)).toBe(`| \`key\` | daemon | ${cells} |`);
  });

  it("has empty cells for the module and import if the setting isn't a daemon's", () => {
    expect(rowOf({ of: "stack", inCode: "of that" })).toBe("| `key` | stack |  |  | of that |  |  |");
  });

  it("has every setting", () => {
    const keys = settingsTable(catalog.settings).split("\n").slice(2);
    expect(keys.map((row) => /`(\w+)`/.exec(row)?.[1])).toEqual(Object.keys(catalog.settings));
  });
});
