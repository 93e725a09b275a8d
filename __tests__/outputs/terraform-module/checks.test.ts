import { catalog } from "../../../lib/catalog";
import { checksOf, notesOf } from "../../../lib/outputs/terraform-module/checks";
import { moduleOf } from "../../support/module";

const checks = (entry: Parameters<typeof moduleOf>[0] = {}) => checksOf(catalog, moduleOf(entry));

describe("the check blocks", () => {
  it("warn of what a caller can change", () => {
    expect(Object.keys(checks())).toEqual(["memory", "checks", "gpu_monitoring"]);
    expect(checks().gpu_monitoring).toEqual({
      condition: "!local.on.gpu_monitoring || !local.options.gpu_monitoring.ebpf",
      message: expect.stringMatching(/^`features\.gpu_monitoring\.ebpf` .*deprecated/) as string,
    });
  });

  it("have the module's names", () => {
    expect(checks().checks?.message).toMatch(
      /^`features\.network_path` without `monitor_connections` .*`checks\.network_path`/,
    );
  });

  it("leave out features that the host doesn't support", () => {
    expect(Object.keys(checks({ host: "windows" }))).toEqual(["memory"]);
  });

  it("don't overwrite each other where a feature has several", () => {
    const feature = { ...catalog.features.gpuMonitoring } as (typeof catalog.features)[string];
    const notices = [...(feature.notices ?? []), ...(feature.notices ?? [])];
    const doubled = { ...catalog, features: { ...catalog.features, gpuMonitoring: { ...feature, notices } } };
    expect(Object.keys(checksOf(doubled, moduleOf()))).toEqual(
      expect.arrayContaining(["gpu_monitoring", "gpu_monitoring_2"]),
    );
  });
});

describe("the notes of the README", () => {
  it("have what no variable can end", () => {
    expect(notesOf(catalog, moduleOf())).toEqual([
      expect.stringMatching(/^`checks` run on every instance/) as string,
      // On by default on government sites.
      expect.stringMatching(/^`features\.fips_proxy` .*`features\.fips_agent`/) as string,
      expect.stringMatching(/secretsmanager:GetSecretValue.*`task_role`/) as string,
      expect.stringMatching(/ssm:GetParameter.*`task_role`/) as string,
      expect.stringMatching(/^`features\.workload_protection` .*`policies_directory`/) as string,
      "`features.resource_tag_collection` needs ecs:ListTagsForResource on the role of the container instances. " +
        "Add the policy in the output `agent.container_instance_policy` to that role.",
    ]);
  });
});
