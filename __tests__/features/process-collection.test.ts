import { contributionOf } from "../../lib/core/feature";
import { processCollection } from "../../lib/features/process-collection";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";
import { needsOf, refusedPaths } from "../support/feature";
import { mounted } from "../support/mounts";

const PASSWD = mounted("passwd", "/etc/passwd", "/etc/passwd", true);

describe("processCollection", () => {
  it.each([
    ["linux", linux, [PASSWD]],
    ["amazon-linux-1", amazonLinux1, [PASSWD]],
    ["windows", windows, []],
  ])("on %s collects processes, with user names if the host has /etc/passwd", (_name, host, mounts) => {
    expect(contributionOf(processCollection, {}, host)).toStrictEqual({
      environment: { DD_PROCESS_AGENT_ENABLED: "true" },
      mounts,
    });
  });

  it("has no options", () => {
    expect(processCollection.options.parse({})).toEqual({});
    expect(refusedPaths(processCollection.options, { intervalSeconds: 10 })).toEqual([""]);
  });

  it("works on all hosts", () => {
    expect(needsOf(processCollection)).toEqual({ requires: [] });
  });
});
