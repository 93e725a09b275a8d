import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Project } from "./end-to-end/support/project";

const CLUSTERS = {
  clusters: [
    { name: "linux", features: { apm: true, dogstatsd: { socket: true } } },
    { name: "windows", host: "windows", cluster: "mixed", serviceName: "agent" },
    { name: "gov", site: "ddog-gov.com", cluster: "gov" },
  ],
};

/** Every file below a folder, by its relative path. */
function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]));
}

describe("the app", () => {
  let project: Project;
  let other: Project;

  beforeEach(() => {
    project = new Project();
    other = new Project();
  });

  afterEach(() => {
    project.remove();
    other.remove();
  });

  it("prints what came out of each cluster", async () => {
    const { stdout } = await project.synth(CLUSTERS);
    expect(stdout).toBe(
      `STACK    CLUSTER  HOST     FEATURES        HOST PORTS          LEFT OPEN
linux    -        linux    apm, dogstatsd  8125/udp, 8126/tcp  var.cluster, var.api_key_secret_arn
windows  mixed    windows  -               -                   var.api_key_secret_arn
gov      gov      linux    fipsProxy       9803-9818/tcp       var.api_key_secret_arn
`,
    );
  });

  it("writes the same bytes in every folder and at every run", async () => {
    await project.synth(CLUSTERS);
    const once = filesOf(join(project.folder, "cdktf.out"));
    await project.synth(CLUSTERS);
    await other.synth(CLUSTERS);
    expect([...once.keys()]).toEqual([
      "/manifest.json",
      ...["gov", "linux", "windows"].flatMap((name) => [
        `/stacks/${name}/cdk.tf.json`,
        `/stacks/${name}/task-definition.json`,
      ]),
    ]);
    expect(filesOf(join(project.folder, "cdktf.out"))).toEqual(once);
    expect(filesOf(join(other.folder, "cdktf.out"))).toEqual(once);
    expect([...once.values()].filter((text) => text.includes(project.folder))).toEqual([]);
  });

  it("removes the output of stacks that are no longer there, and leaves that of others", async () => {
    await project.synth(CLUSTERS);
    await project.synth({ clusters: CLUSTERS.clusters.slice(1) });
    expect(readdirSync(join(project.folder, "cdktf.out", "stacks")).sort()).toEqual(["gov", "windows"]);
  });

  it("says what to do with the state of a stack that is no longer there", async () => {
    await project.synth(CLUSTERS);
    project.write("terraform.gov.tfstate", {});
    const { stderr } = await project.synth({ clusters: [{ ...CLUSTERS.clusters[2], name: "government" }] });
    expect(stderr).toContain("terraform.gov.tfstate is the state of a stack that is gone. If it was renamed,");
    expect(stderr).not.toContain("terraform.linux.tfstate");
  });

  const MIXED = {
    name: "mixed",
    cluster: "mixed",
    hosts: ["linux", "windows"],
    features: { networkPerformanceMonitoring: true, dogstatsd: { socket: true } },
  };

  it("prints a row for each host of a cluster, and what a host is without", async () => {
    const { stdout, stderr } = await project.synth({ clusters: [MIXED, { name: "other" }] });
    expect(stdout).toBe(
      `STACK  CLUSTER  HOST     FEATURES                                 HOST PORTS  LEFT OPEN
mixed  mixed    linux    dogstatsd, networkPerformanceMonitoring  8125/udp    var.api_key_secret_arn
mixed  mixed    windows  dogstatsd                                8125/udp    var.api_key_secret_arn
other  -        linux    -                                        -           var.cluster, var.api_key_secret_arn
`,
    );
    expect(stderr).toBe(
      "\nWarning, mixed: on windows left out: features.networkPerformanceMonitoring, features.dogstatsd.socket: the host lacks what they need.\n",
    );
  });

  it("writes a file for the AWS CLI for each host, and removes that of a host that is gone", async () => {
    const files = () => readdirSync(join(project.folder, "cdktf.out/stacks/mixed")).sort();
    const family = (file: string) =>
      (JSON.parse(project.read("cdktf.out/stacks/mixed", file)) as { family: string }).family;
    await project.synth({ clusters: [MIXED] });
    expect(files()).toEqual(["cdk.tf.json", "task-definition-windows.json", "task-definition.json"]);
    expect(family("task-definition.json")).toBe("datadog-agent-task");
    expect(family("task-definition-windows.json")).toBe("datadog-agent-task-windows");
    await project.synth({ clusters: [{ ...MIXED, hosts: ["linux"] }] });
    expect(files()).toEqual(["cdk.tf.json", "task-definition.json"]);
  });

  it("writes nothing and exits with 1 when the configuration is wrong", async () => {
    const { status, stdout, stderr } = await project.synth(
      { clusters: [{ name: "a", host: "solaris" }] },
      { accept: [1] },
    );
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toBe(`clusters.yaml: 1 problem

  clusters.yaml:3:5 clusters[0].host
    must be linux, amazon-linux-1 or windows, got "solaris".
`);
    expect(existsSync(join(project.folder, "cdktf.out"))).toBe(false);
  });

  it("leaves the former output as it was when the configuration has become wrong", async () => {
    await project.synth(CLUSTERS);
    const before = filesOf(join(project.folder, "cdktf.out"));
    await project.synth("clusters: []", { accept: [1] });
    expect(filesOf(join(project.folder, "cdktf.out"))).toEqual(before);
  });

  it("reads the file that CLUSTERS_FILE names and writes to the folder that CDKTF_OUTDIR names", async () => {
    await other.synth(CLUSTERS);
    const environment = { CLUSTERS_FILE: join(other.folder, "clusters.yaml"), CDKTF_OUTDIR: "deep/out" };
    await project.synth("", { environment });
    expect(filesOf(join(project.folder, "deep/out"))).toEqual(filesOf(join(other.folder, "cdktf.out")));
  });

  const FLEET = [
    { name: "first", cluster: "first", stack: "wave" },
    { name: "mixed", cluster: "mixed", stack: "wave", hosts: ["linux", "windows"] },
    { name: "last", cluster: "last", dependsOn: ["first", "mixed"] },
  ];

  it("writes one folder for a stack that clusters share, with a file for each daemon", async () => {
    const { stdout } = await project.synth({ clusters: FLEET });
    const stacks = join(project.folder, "cdktf.out/stacks");
    expect(readdirSync(stacks).sort()).toEqual(["last", "wave"]);
    const files = readdirSync(join(stacks, "wave")).sort();
    expect(files).toEqual([
      "cdk.tf.json",
      "task-definition-first.json",
      "task-definition-mixed-windows.json",
      "task-definition-mixed.json",
    ]);
    const families = files
      .slice(1)
      .map((file) => (JSON.parse(project.read("cdktf.out/stacks/wave", file)) as { family: string }).family);
    expect(families).toEqual(["datadog-agent-task", "datadog-agent-task-windows", "datadog-agent-task"]);
    expect(stdout).toBe(
      `STACK  CLUSTER  HOST     FEATURES  HOST PORTS  LEFT OPEN
wave   first    linux    -         -           var.api_key_secret_arn
wave   mixed    linux    -         -           var.api_key_secret_arn
wave   mixed    windows  -         -           var.api_key_secret_arn
last   last     linux    -         -           var.api_key_secret_arn
`,
    );
  });

  it("has each stack deployed after those of the clusters that it depends on", async () => {
    await project.synth({ clusters: [...FLEET, { name: "end", dependsOn: ["last", "first"] }] });
    const { stacks } = JSON.parse(project.read("cdktf.out", "manifest.json")) as {
      stacks: Record<string, { dependencies: string[] }>;
    };
    expect(stacks).toMatchObject({
      wave: { dependencies: [] },
      last: { dependencies: ["wave"] },
      end: { dependencies: ["last", "wave"] },
    });
  });

  it("reads all files of the folder that CLUSTERS_FILE names", async () => {
    mkdirSync(join(other.folder, "fleet"));
    other.write("fleet/defaults.yaml", { defaults: { cluster: "shared" } });
    other.write("fleet/b.yaml", { clusters: [{ name: "b", serviceName: "b" }] });
    other.write("fleet/a.yaml", { clusters: [{ name: "a" }] });
    const environment = { CLUSTERS_FILE: join(other.folder, "fleet") };
    const { stdout } = await project.synth("", { environment });
    expect(stdout).toBe(
      `STACK  CLUSTER  HOST   FEATURES  HOST PORTS  LEFT OPEN
a      shared   linux  -         -           var.api_key_secret_arn
b      shared   linux  -         -           var.api_key_secret_arn
`,
    );
  });

  it("warns of a key that ends up in the state", async () => {
    const { stderr } = await project.synth({ clusters: [{ name: "trial", apiKey: { sensitiveVariable: true } }] });
    expect(stderr).toContain("Warning, trial: apiKey.sensitiveVariable is for trials");
  });
});
