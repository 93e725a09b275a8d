import { contributionOf } from "../../lib/core/feature";
import { resourceTagCollection } from "../../lib/features/resource-tag-collection";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";

describe("resourceTagCollection", () => {
  it.each([
    ["linux", linux],
    ["amazon-linux-1", amazonLinux1],
    ["windows", windows],
  ])("on %s collects the tags of ECS resources", (_name, host) => {
    expect(contributionOf(resourceTagCollection, {}, host)).toStrictEqual({
      environment: { DD_ECS_COLLECT_RESOURCE_TAGS_EC2: "true" },
    });
  });

  it("has no options", () => {
    expect(resourceTagCollection.options.parse({})).toEqual({});
    expect(refusedPaths(resourceTagCollection.options, { replaceColon: true })).toEqual([""]);
  });

  it("works on all hosts and needs a permission of the container instance role", () => {
    expect(needsOf(resourceTagCollection)).toEqual({ requires: [], instanceActions: ["ecs:ListTagsForResource"] });
  });
});
