import { type DaemonProps, ROLES, synthesizeDaemons } from "./support/daemons";
import { Project } from "./support/project";
import { describeEndToEnd } from "./support/tools";

const HOSTS = {
  linux: ["apm", "dogstatsd", "logs", "processCollection", "networkPerformanceMonitoring", "fipsProxy"],
  "amazon-linux-1": ["apm", "dogstatsd", "logs", "processCollection", "networkPerformanceMonitoring", "fipsProxy"],
  windows: ["apm", "dogstatsd", "logs", "processCollection"],
} as const;

/** Every set of features on every host that supports them. */
function combinations(): Record<string, DaemonProps> {
  const daemons: Record<string, DaemonProps> = {};
  for (const [host, names] of Object.entries(HOSTS) as [keyof typeof HOSTS, readonly string[]][]) {
    for (let set = 0; set < 2 ** names.length; set += 1) {
      const features = Object.fromEntries(names.map((name, index) => [name, Boolean(set & (1 << index))]));
      const site = features.fipsProxy ? "ddog-gov.com" : "datadoghq.com";
      daemons[`${host}-${set}`] = { host, site, features, ...ROLES };
    }
  }
  return daemons;
}

describeEndToEnd("every set of features on every host", () => {
  const project = new Project();
  afterAll(() => project.remove());

  it("is valid for Terraform and the provider", async () => {
    const daemons = combinations();
    expect(Object.keys(daemons)).toHaveLength(64 + 64 + 16);
    synthesizeDaemons(project.folder, daemons);
    const root = project.stack("daemons");
    await root.init();
    await root.validate();
  });
});
