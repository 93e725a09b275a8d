import { contributionOf } from "../../lib/core/feature";
import { ecsExplorer } from "../../lib/features/ecs-explorer";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

describe("ecsExplorer", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s collects tasks", (_name, host) => {
    expect(contributionOf(ecsExplorer, {}, host)).toStrictEqual({
      environment: { DD_ECS_TASK_COLLECTION_ENABLED: "true" },
    });
  });

  it("has no options", () => {
    expect(ecsExplorer.options.parse({})).toEqual({});
    expect(refusedPaths(ecsExplorer.options, { tasks: true })).toEqual([""]);
  });

  it("works on all hosts from Agent 7.58 on; if not set, the Agent decides", () => {
    expect(needsOf(ecsExplorer)).toEqual({
      requires: [],
      since: "7.58",
      leftToAgent: true,
      off: { DD_ECS_TASK_COLLECTION_ENABLED: "false" },
    });
  });
});
