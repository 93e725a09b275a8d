import { agentTaskOf } from "../support/task";

describe("IMDSv2", () => {
  const isPreferred = (given: Parameters<typeof agentTaskOf>[0]) => {
    const [{ environment = [] }] = agentTaskOf(given).task.containerDefinitions;
    return environment.some(({ name, value }) => name === "DD_EC2_PREFER_IMDSV2" && value === "true");
  };

  it.each([
    [{ tag: "7.40.0" }, true],
    [{ tag: "7.63.3-jmx" }, true],
    [{ tag: "6.53.0" }, true],
    [{ tag: "7.64.0" }, false],
    [{ tag: "7" }, false],
    [{}, false],
    [{ tag: "mine" }, false],
    [{ tag: "7.40.0", digest: `sha256:${"0".repeat(64)}` }, false],
  ])("is set for Agents that don't use it by default: %j", (image, expected) => {
    expect(isPreferred({ image })).toBe(expected);
  });

  it("isn't set outside AWS", () => {
    expect(isPreferred({ image: { tag: "7.40.0" }, launchType: "EXTERNAL" })).toBe(false);
  });
});
