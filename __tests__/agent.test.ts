import { agentBase, type AgentBase, agentHealthCheck } from "../lib/agent";
import { amazonLinux1 } from "../lib/hosts/amazon-linux-1";
import { linux } from "../lib/hosts/linux";
import { windows } from "../lib/hosts/windows";

const base: AgentBase = { site: "datadoghq.com", apiKey: { arn: "arn:key" }, tags: {} };

describe("the Agent's base", () => {
  it("reads the API key from a secret and sends to the site", () => {
    expect(agentBase(base, linux)).toEqual({
      environment: { DD_SITE: "datadoghq.com" },
      secrets: { DD_API_KEY: "arn:key" },
      mounts: linux.agentMounts,
    });
  });

  it("has the API key as a variable, and then not as a secret, where only its value is known", () => {
    const { environment, secrets } = agentBase({ ...base, apiKey: { value: "${var.api_key}" } }, linux);
    expect({ environment, secrets }).toEqual({
      environment: { DD_SITE: "datadoghq.com", DD_API_KEY: "${var.api_key}" },
      secrets: {},
    });
  });

  it("has its tags separated by spaces and sorted, so that their order in a file changes nothing", () => {
    const tags = { team: "platform", env: "production" };
    expect(agentBase({ ...base, tags }, linux).environment?.DD_TAGS).toBe("env:production team:platform");
  });

  it("has no DD_TAGS without tags", () => {
    expect(agentBase(base, linux).environment).not.toHaveProperty("DD_TAGS");
  });

  it("checks the Agent's health in the times given", () => {
    const times = { intervalSeconds: 60, timeoutSeconds: 10, retries: 2, startPeriodSeconds: 0 };
    expect(agentHealthCheck(times)).toEqual({
      command: ["CMD-SHELL", "agent health"],
      interval: 60,
      timeout: 10,
      retries: 2,
      startPeriod: 0,
    });
  });

  it.each([
    ["linux", linux, ["/var/run/docker.sock", "/proc/", "/sys/fs/cgroup/"]],
    ["amazon-linux-1", amazonLinux1, ["/var/run/docker.sock", "/proc/", "/cgroup/"]],
    ["windows", windows, [String.raw`\\.\pipe\docker_engine`]],
  ])("sees of the host %s what the Agent always needs", (_name, host, sources) => {
    const { mounts = [] } = agentBase(base, host);
    expect(mounts.map(({ volume }) => volume.host?.sourcePath)).toEqual(sources);
  });
});
