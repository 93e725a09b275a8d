import { catalog } from "../../../lib/catalog";
import { terraformModule } from "../../../lib/outputs/terraform-module";
import { moduleOf } from "../../support/module";

const files = [...terraformModule(catalog, moduleOf())].filter(([path]) => /^[a-z-]+\.tf$/.test(path));
const text = files
  .map(([, file]) => file)
  .join("\n")
  .replaceAll(/\s+/g, " ");

describe("the Docker labels of the module's Agent", () => {
  it("come from the variable, from checks and from features", () => {
    expect(text).toContain("docker_labels = { docker_labels = var.docker_labels }");
    expect(text).toMatch(/ checks = \{ docker_labels = \{ "com\.datadoghq\.ad\.checks" = /);
    expect(text).toMatch(/ docker_labels = \{ "com\.datadoghq\.ad\.logs" = /);
    expect(text).toContain(
      "for contribution in local.contributions : [ for name, value in try(contribution.docker_labels, {})",
    );
  });

  it("are merged into the container definition", () => {
    expect(text.match(/\bdockerLabels = [^:]*:/g)).toEqual([
      "dockerLabels = length(local.docker_labels) > 0 ? { for name, values in local.docker_labels :",
    ]);
    // The variable is used once: nothing overwrites the merged labels.
    expect(text.match(/\bvar\.docker_labels\b/g)).toHaveLength(1);
  });

  it("must be equal if two contributions have the same label", () => {
    expect(text).toContain(
      '[for name, values in local.docker_labels : "the Docker label ${name}" if length(distinct(values)) > 1]',
    );
  });
});
