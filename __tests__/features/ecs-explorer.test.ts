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
    expect(ecsExplorer.on({}, host)).toStrictEqual({ environment: { DD_ECS_TASK_COLLECTION_ENABLED: "true" } });
  });

  it("has no options", () => {
    expect(ecsExplorer.options.parse({})).toEqual({});
    expect(refusedPaths(ecsExplorer.options, { tasks: true })).toEqual([""]);
  });

  it("works everywhere from Agent 7.58 on; left open it is the Agent's to decide, off it is turned off", () => {
    expect(needsOf(ecsExplorer)).toEqual({
      requires: [],
      since: "7.58",
      leftToAgent: true,
      off: { DD_ECS_TASK_COLLECTION_ENABLED: "false" },
    });
  });
});
