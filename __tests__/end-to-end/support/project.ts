import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { run, type Result, type RunOptions } from "./run";

const REPOSITORY = resolve(__dirname, "../../..");

/** A temporary folder in which the app is synthesized and Terraform runs. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-"));

  constructor(private readonly environment: Record<string, string> = {}) {}

  /** Runs the app with a configuration. Pass `accept: [1]` if the configuration is invalid. */
  async synth(configuration: unknown, options: RunOptions = {}): Promise<Result> {
    writeFileSync(
      join(this.folder, "clusters.yaml"),
      typeof configuration === "string" ? configuration : stringify(configuration),
    );
    return run(process.execPath, [join(REPOSITORY, "app.cjs")], { cwd: this.folder, ...options });
  }

  stack(name: string): Root {
    return new Root(join(this.folder, "cdktf.out", "stacks", name), this.environment);
  }

  read(...path: string[]): string {
    return readFileSync(join(this.folder, ...path), "utf8");
  }

  write(path: string, json: unknown): void {
    writeFileSync(join(this.folder, path), JSON.stringify(json));
  }

  rename(from: string, to: string): void {
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A Terraform root module: a synthesized stack. */
export class Root {
  constructor(
    readonly folder: string,
    private readonly environment: Record<string, string>,
  ) {}

  async init(): Promise<void> {
    await this.terraform(["init", "-input=false"]);
  }

  /** Fails if Terraform reports an error or a warning. */
  async validate(): Promise<void> {
    const { stdout } = await this.terraform(["validate", "-json"]);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { summary: string; detail: string }[] };
    expect(diagnostics).toEqual([]);
  }

  apply(options?: RunOptions): Promise<Result> {
    return this.terraform(["apply", "-auto-approve", "-input=false"], options);
  }

  destroy(): Promise<Result> {
    return this.terraform(["apply", "-destroy", "-auto-approve", "-input=false"]);
  }

  /** The plan's text, or an empty string if the plan has no changes. */
  async changes(): Promise<string> {
    const { status, stdout } = await this.terraform(["plan", "-detailed-exitcode", "-input=false"], {
      accept: [0, 2],
    });
    return status === 0 ? "" : stdout.slice(Math.max(0, stdout.indexOf("Terraform used the selected providers")));
  }

  async outputs(): Promise<Record<string, unknown>> {
    const { stdout } = await this.terraform(["output", "-json"]);
    const outputs = JSON.parse(stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  terraform(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const [command = "", ...rest] = args;
    return run("terraform", [command, ...(["console", "output"].includes(command) ? [] : ["-no-color"]), ...rest], {
      cwd: this.folder,
      ...options,
      environment: { ...this.environment, ...options.environment },
    });
  }
}
