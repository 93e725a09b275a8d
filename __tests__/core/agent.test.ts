import { agentBase } from "../../lib/core/agent";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { windows } from "../../lib/hosts/windows";

describe("the Agent's base", () => {
  it("reads the API key from a secret", () => {
    expect(agentBase({ arn: "arn:key" }, linux)).toEqual({
      environment: {},
      secrets: { DD_API_KEY: "arn:key" },
      mounts: linux.agentMounts,
    });
  });

  it("has the API key as a variable, and then not as a secret, where only its value is known", () => {
    const { environment, secrets } = agentBase({ value: "${var.api_key}" }, linux);
    expect({ environment, secrets }).toEqual({ environment: { DD_API_KEY: "${var.api_key}" }, secrets: {} });
  });

  it.each([
    ["linux", linux, ["/var/run/docker.sock", "/proc/", "/sys/fs/cgroup/"]],
    ["amazon-linux-1", amazonLinux1, ["/var/run/docker.sock", "/proc/", "/cgroup/"]],
    ["windows", windows, [String.raw`\\.\pipe\docker_engine`]],
  ])("sees of the host %s what the Agent always needs", (_name, host, sources) => {
    const { mounts = [] } = agentBase({ arn: "arn:key" }, host);
    expect(mounts.map(({ volume }) => volume.host?.sourcePath)).toEqual(sources);
  });
});
