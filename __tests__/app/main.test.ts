import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { Project } from "../end-to-end/support/project";
import { run } from "../end-to-end/support/run";

const CLUSTERS = {
  clusters: [
    { name: "linux", features: { apm: true, dogstatsd: { socket: true } } },
    { name: "windows", host: "windows", cluster: "mixed", serviceName: "agent" },
    { name: "gov", site: "ddog-gov.com", cluster: "gov" },
  ],
};

/** Every file in a folder, by relative path. */
function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length), readFileSync(path, "utf8")]));
}

/** The output up to the first empty line. */
const tableOf = (stdout: string) => stdout.slice(0, stdout.indexOf("\n\n") + 1);

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

  it("prints a summary of each cluster", async () => {
    const { stdout } = await project.synth(CLUSTERS);
    expect(stdout).toBe(
      `STACK    CLUSTER  HOST     FEATURES        HOST PORTS          REQUIRED VARIABLES
linux    -        linux    apm, dogstatsd  8125/udp, 8126/tcp  var.cluster, var.api_key_secret_arn
windows  mixed    windows  -               -                   var.api_key_secret_arn
gov      gov      linux    fipsProxy       9803-9818/tcp       var.api_key_secret_arn

Wrote 3 stacks to cdktf.out/stacks.
Set TF_VAR_cluster (linux).
Set TF_VAR_api_key_secret_arn.
Next: cd cdktf.out/stacks/<stack> && terraform init && terraform apply
`,
    );
  });

  it("prints the modules of a file that has only modules", async () => {
    const { stdout } = await project.synth({ modules: [{ name: "agent" }, { name: "windows", host: "windows" }] });
    expect(stdout).toBe(`Wrote 2 modules to cdktf.out/modules.
`);
    expect(project.read("cdktf.out/modules/agent/main.tf")).toContain("datadog_agent");
  });

  it("writes the same bytes in every folder and every run", async () => {
    await project.synth(CLUSTERS);
    const once = filesOf(join(project.folder, "cdktf.out"));
    await project.synth(CLUSTERS);
    await other.synth(CLUSTERS);
    expect([...once.keys()]).toEqual([
      "/.files.json",
      "/manifest.json",
      ...["gov", "linux", "windows"].map((name) => `/shared/${name}/cdk.tf.json`),
      ...["gov", "linux", "windows"].flatMap((name) => [
        `/stacks/${name}/cdk.tf.json`,
        `/stacks/${name}/task-definition.json`,
      ]),
    ]);
    expect(filesOf(join(project.folder, "cdktf.out"))).toEqual(once);
    expect(filesOf(join(other.folder, "cdktf.out"))).toEqual(once);
    expect([...once.values()].filter((text) => text.includes(project.folder))).toEqual([]);
  });

  it("removes the output of removed stacks, and keeps other files", async () => {
    await project.synth(CLUSTERS);
    await project.synth({ clusters: CLUSTERS.clusters.slice(1) });
    expect(readdirSync(join(project.folder, "cdktf.out", "stacks")).sort()).toEqual(["gov", "windows"]);
  });

  it("warns about the state of a removed stack", async () => {
    await project.synth(CLUSTERS);
    project.write("terraform.gov.tfstate", { version: 4, resources: [{ mode: "managed" }] });
    const { stderr } = await project.synth({ clusters: [{ ...CLUSTERS.clusters[2], name: "government" }] });
    expect(stderr).toContain(
      "terraform.gov.tfstate has resources, but its stack is no longer in the configuration. If you renamed the stack,",
    );
    expect(stderr).not.toContain("terraform.linux.tfstate");
  });

  it.each<[string, string, boolean]>([
    ["that `cdktf destroy` has left", '{ "version": 4, "resources": [] }', false],
    ["without text", "", false],
    ["that can't be read", "encrypted", true],
  ])("warns about a state %s only if it may have resources", async (_which, state, warns) => {
    await project.synth(CLUSTERS);
    writeFileSync(join(project.folder, "terraform.gov.tfstate"), state);
    const { stderr } = await project.synth({ clusters: CLUSTERS.clusters.slice(0, 2) });
    expect(stderr).toMatch(warns ? /^\nWarning: terraform\.gov\.tfstate has resources, .*\n$/ : /^$/);
  });

  it("keeps files of Terraform and users in a stack's folder, even if the stack is removed", async () => {
    await project.synth(CLUSTERS);
    const files = ["linux/.terraform.lock.hcl", "gov/terraform.tfvars"].map((file) => `cdktf.out/stacks/${file}`);
    for (const file of files) project.write(file, {});
    await project.synth({ clusters: CLUSTERS.clusters.slice(0, 2) });
    expect(files.map((file) => project.read(file))).toEqual(["{}", "{}"]);
    expect(readdirSync(join(project.folder, "cdktf.out/stacks/gov"))).toEqual(["terraform.tfvars"]);
  });

  it("leaves the folder of a removed stack to the CDKTF CLI", async () => {
    await project.synth(CLUSTERS);
    const environment = { CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: "true" };
    await project.synth({ clusters: CLUSTERS.clusters.slice(0, 2) }, { environment });
    expect(readdirSync(join(project.folder, "cdktf.out/stacks/gov"))).toEqual([]);
  });

  it("refuses to write HCL, because CDKTF's HCL is invalid", async () => {
    const environment = { SYNTH_HCL_OUTPUT: "true" };
    const { stdout, stderr } = await project.synth(CLUSTERS, { environment, accept: [1] });
    expect(stdout).toBe("");
    expect(stderr).toMatch(
      /^HCL output \(--hcl, .*cdktf\.out\/stacks\/<stack>\/cdk\.tf\.json, .* a Terraform module\.\n$/,
    );
    expect(existsSync(join(project.folder, "cdktf.out"))).toBe(false);
  });

  it("makes `cdktf synth --hcl` fail with that message", async () => {
    project.write("clusters.yaml", CLUSTERS);
    const outdir = join(project.folder, "cdktf.out");
    const environment = { CLUSTERS_FILE: join(project.folder, "clusters.yaml"), CHECKPOINT_DISABLE: "1" };
    const repository = resolve(__dirname, "../..");
    const { stdout, stderr } = await run(
      join(repository, "node_modules/.bin/cdktf"),
      ["synth", "--hcl", "--output", outdir],
      { cwd: repository, environment, accept: [1] },
    );
    expect(stdout + stderr).toContain(`HCL output (--hcl, SYNTH_HCL_OUTPUT) isn't supported`);
    expect(existsSync(outdir)).toBe(false);
  });

  it("writes JSON if the CDKTF CLI doesn't request HCL", async () => {
    const { stderr } = await project.synth(CLUSTERS, { environment: { SYNTH_HCL_OUTPUT: "false" } });
    expect(stderr).not.toContain("HCL");
    expect(existsSync(join(project.folder, "cdktf.out/stacks/gov/cdk.tf.json"))).toBe(true);
  });

  const MIXED = {
    name: "mixed",
    cluster: "mixed",
    hosts: ["linux", "windows"],
    features: { networkPerformanceMonitoring: true, dogstatsd: { socket: true } },
  };

  it("prints a row for each host of a cluster, and what is left out on a host", async () => {
    const { stdout, stderr } = await project.synth({ clusters: [MIXED, { name: "other" }] });
    expect(tableOf(stdout)).toBe(
      `STACK  CLUSTER  HOST     FEATURES                                 HOST PORTS  REQUIRED VARIABLES
mixed  mixed    linux    dogstatsd, networkPerformanceMonitoring  8125/udp    var.api_key_secret_arn
mixed  mixed    windows  dogstatsd                                8125/udp    var.api_key_secret_arn
other  -        linux    -                                        -           var.cluster, var.api_key_secret_arn
`,
    );
    expect(stderr).toBe(
      "\nWarning, mixed: features.networkPerformanceMonitoring, features.dogstatsd.socket: left out on windows, which doesn't support it.\n",
    );
  });

  it("writes a file for the AWS CLI for each host, and removes the file of a removed host", async () => {
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

  it("writes nothing and exits with status 1 if the configuration is invalid", async () => {
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

  it("keeps the previous output if the configuration becomes invalid", async () => {
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

  it("writes one folder for a shared stack, with a file for each daemon", async () => {
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
    expect(tableOf(stdout)).toBe(
      `STACK  CLUSTER  HOST     FEATURES  HOST PORTS  REQUIRED VARIABLES
wave   first    linux    -         -           var.api_key_secret_arn
wave   mixed    linux    -         -           var.api_key_secret_arn
wave   mixed    windows  -         -           var.api_key_secret_arn
last   last     linux    -         -           var.api_key_secret_arn
`,
    );
  });

  it("deploys each stack after the stacks of the clusters that it depends on", async () => {
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
    expect(tableOf(stdout)).toBe(
      `STACK  CLUSTER  HOST   FEATURES  HOST PORTS  REQUIRED VARIABLES
a      shared   linux  -         -           var.api_key_secret_arn
b      shared   linux  -         -           var.api_key_secret_arn
`,
    );
  });

  it("warns about a key that is stored in the state", async () => {
    const { stderr } = await project.synth({ clusters: [{ name: "trial", apiKey: { sensitiveVariable: true } }] });
    expect(stderr).toContain("Warning, trial: apiKey.sensitiveVariable is for trials");
  });
});

const APP = resolve(__dirname, "../../app.cjs");

describe("the arguments of the app", () => {
  const app = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [APP, ...args], { cwd: "/", encoding: "utf8" });
    return { status, stdout, stderr };
  };

  it.each(["--help", "-h"])("print the file `help`: %s", (argument) => {
    const help = readFileSync(resolve(__dirname, "../../help"), "utf8");
    expect(app(argument)).toEqual({ status: 0, stdout: help, stderr: "" });
  });

  it.each(["foo.yaml", "--verbose", "--help=yes"])("are refused with the usage if they are unknown: %s", (argument) => {
    const { status, stdout, stderr } = app(argument);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    const [line, ...usage] = stderr.split("\n");
    expect(line).toBe(`synth: unknown argument "${argument}".`);
    expect(usage.slice(0, 2)).toEqual(["", "Usage: datadog-agent-ecs synth"]);
  });

  it("aren't printed if they may be a secret", () => {
    expect(app("0123456789abcdef0123456789abcdef").stderr).not.toContain("0123456789abcdef");
  });
});

describe("an output folder that can't be written", () => {
  let project: Project;
  beforeEach(() => (project = new Project()));
  afterEach(() => project.remove());

  const MODULES = { clusters: [{ name: "new" }], modules: [{ name: "big", host: "linux" }] };
  const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

  /** Runs the app again as another user than root, who may write everywhere. */
  function fails(outdir: string, before = "") {
    project.write("clusters.yaml", MODULES);
    const { status, stdout, stderr } = spawnSync("sh", ["-c", `${before} exec "$0" "$1"`, process.execPath, APP], {
      cwd: project.folder,
      env: { ...process.env, CDKTF_OUTDIR: outdir },
      encoding: "utf8",
      ...unprivileged,
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    return stderr;
  }

  const line = (path: string, reason: string) =>
    `Can't write ${path}: ${reason}. Fix this, or set CDKTF_OUTDIR to another folder. The previous output is unchanged.\n`;

  /** Every file with its time, and every folder. */
  function everything() {
    const paths = readdirSync(project.folder, { recursive: true, encoding: "utf8" }).sort();
    return paths
      .filter((path) => path !== "clusters.yaml")
      .map((path) => [
        path,
        lstatSync(join(project.folder, path)).isFile() && statSync(join(project.folder, path)).mtimeMs,
      ]);
  }

  it.each(["file", "file/below"])("because a file is at its path: %s", (outdir) => {
    project.write("file", {});
    chmodSync(project.folder, 0o755);
    expect(fails(outdir)).toBe(line(outdir, "it, or a parent of it, isn't a folder"));
    expect(project.read("file")).toBe("{}");
  });

  it("because it belongs to another user", async () => {
    await project.synth(CLUSTERS);
    const before = everything();
    chmodSync(project.folder, 0o755);
    chmodSync(join(project.folder, "cdktf.out"), 0o555);
    expect(fails("cdktf.out")).toBe(line("cdktf.out", "permission denied"));
    chmodSync(join(project.folder, "cdktf.out"), 0o755);
    expect(everything()).toEqual(before);
  });

  it("because a subfolder belongs to another user, which is found while other files are written", async () => {
    await project.synth({ ...MODULES, clusters: [{ name: "new", cluster: "one" }, { name: "zero" }] });
    project.write("clusters.yaml", MODULES);
    const before = filesOf(project.folder);
    for (const folder of ["", "cdktf.out", "cdktf.out/stacks/zero"]) chmodSync(join(project.folder, folder), 0o777);
    for (const folder of ["stacks/new", "shared/new", "shared/zero"]) {
      chmodSync(join(project.folder, "cdktf.out", folder), 0o777);
    }
    chmodSync(join(project.folder, "cdktf.out/stacks/zero"), 0o555);
    expect(fails("cdktf.out")).toBe(line("cdktf.out/stacks/zero/cdk.tf.json", "permission denied"));
    expect(filesOf(project.folder)).toEqual(before);
  });

  it("because a file would be too large, as on a full disk", async () => {
    await project.synth(CLUSTERS);
    const before = everything();
    chmodSync(project.folder, 0o777);
    chmodSync(join(project.folder, "cdktf.out"), 0o777);
    expect(fails("cdktf.out", "ulimit -f 8;")).toBe(line("cdktf.out/modules/big/variables.tf", "file too large"));
    expect(everything()).toEqual(before);
  });
});

describe("a reader that closes its pipe", () => {
  it.each(["stdout", "stderr"] as const)("ends a run without an error: %s", async (closed) => {
    const project = new Project();
    project.write("clusters.yaml", { clusters: [{ name: "trial", apiKey: { sensitiveVariable: true } }] });
    const child = spawn(process.execPath, [APP], { cwd: project.folder });
    child[closed].destroy();
    let text = "";
    child[closed === "stdout" ? "stderr" : "stdout"].on("data", (chunk: Buffer) => (text += chunk.toString()));
    const status = await new Promise((done) => child.once("close", done));
    expect(status).toBe(0);
    expect(text).toMatch(
      closed === "stdout" ? /^\nWarning, trial: [^\n]*\n$/ : /^STACK .*\ntrial [^\n]*\n\nWrote 1 stack /,
    );
    expect(existsSync(join(project.folder, "cdktf.out/manifest.json"))).toBe(true);
    project.remove();
  });
});
