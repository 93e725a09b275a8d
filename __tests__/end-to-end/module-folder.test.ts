import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeModule } from "./support/modules";
import { Root } from "./support/project";
import { describeEndToEnd } from "./support/tools";

/** Modules with different files and defaults. */
const MODULES = {
  "without defaults": { host: "linux" },
  "with features and options": {
    host: "linux",
    vendorOutputs: true,
    features: {
      apm: { socket: true },
      dogstatsd: { socket: true, port: false },
      logs: { collectAll: true },
      sbom: true,
    },
    tags: { env: "production" },
    image: { flavor: "jmx" },
    enableExecuteCommand: true,
  },
  "for a government site on external instances": { host: "linux", site: "ddog-gov.com", launchType: "EXTERNAL" },
  "in host network mode": { host: "linux", networkMode: "host", features: { otlp: true } },
  "for Windows": { host: "windows", features: { apm: true } },
  "for Amazon Linux 1": { host: "amazon-linux-1" },
};

describeEndToEnd(
  "a module's folder",
  () => {
    let folder: string;
    let module: Root;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "datadog-agent-module-"));
      module = new Root(folder, {});
    });

    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it.each(Object.entries(MODULES))("%s: is formatted and valid, and its tests pass", async (_name, entry) => {
      writeModule(folder, { name: "agent", ...entry });
      await module.terraform(["fmt", "-check", "-diff", "-recursive"]);
      await module.init();
      await module.validate();
      const { stdout } = await module.terraform(["test"]);
      expect(stdout).toMatch(/Success! [0-9]{2} passed, 0 failed\./);
    });

    it.each(["linux", "windows"])("has examples for %s that are valid without warnings", async (host) => {
      writeModule(folder, { name: "agent", host });
      const examples = readdirSync(join(folder, "examples"));
      expect(examples).toEqual(expect.arrayContaining(["basic", "complete", "several-clusters"]));
      for (const name of examples) {
        const example = new Root(join(folder, "examples", name), {});
        await example.init();
        await example.validate();
      }
    });

    it.each([
      ["main.tf", '"DAEMON"', '"REPLICA"', "The service must run an Agent on every container instance."],
      ["main.tf", "jsonencode(local.containers)", "jsonencode([local.agent])", "The task must have a proxy container."],
      ["features.tf", '"true"', '"false"', "An enabled feature must set its environment variable."],
    ])("has tests that fail after a change in %s: %s", async (file, from, to, message) => {
      writeModule(folder, { name: "agent" });
      const text = readFileSync(join(folder, file), "utf8");
      expect(text).toContain(from);
      writeFileSync(join(folder, file), text.replaceAll(from, to));
      await module.init();
      const { stdout, stderr } = await module.terraform(["test"], { accept: [1] });
      expect(stdout + stderr).toContain(message);
    });
  },
  ["terraform", "hashicorp/aws"],
);
