import { hosts } from "../../lib/hosts";
import { amazonLinux1 } from "../../lib/hosts/amazon-linux-1";
import { linux } from "../../lib/hosts/linux";
import { mounted } from "../support/mounts";

describe("amazon-linux-1", () => {
  it("is the host `amazon-linux-1` of a configuration", () => {
    expect(hosts["amazon-linux-1"]).toBe(amazonLinux1);
  });

  it("mounts /cgroup/ at the usual path in the Agent's container", () => {
    expect(amazonLinux1.agentMounts).toStrictEqual([
      mounted("docker_sock", "/var/run/docker.sock", "/var/run/docker.sock", true),
      mounted("proc", "/proc/", "/host/proc", true),
      mounted("cgroup", "/cgroup/", "/host/sys/fs/cgroup", true),
    ]);
  });

  it("is like Linux otherwise", () => {
    const { summary: _own, agentMounts: _theirs, ...facts } = amazonLinux1;
    expect(linux).toMatchObject(facts);
    expect(facts).toMatchObject({ osType: "linux", networkMode: "bridge", cpu: 100, memoryMiB: 512 });
  });

  it("has its own summary", () => {
    expect(amazonLinux1.summary).toContain("2018.03");
  });
});
