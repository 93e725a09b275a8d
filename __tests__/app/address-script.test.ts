import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { AgentConnection } from "../../lib/applications/connection";
import { instrument } from "../../lib/applications/instrument";
import { PORTS } from "../support/connections";

describe("the script", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-script-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const METADATA = { MetadataFileStatus: "READY", HostPrivateIPv4Address: "10.0.0.9" };
  const REPORT = `process.stdout.write(JSON.stringify({ args: process.argv.slice(1), env: process.env }))`;
  /** Both behave like the instance metadata service, which requires a session token. */
  const CURL = `case "$*" in
    *"-X PUT"*"X-aws-ec2-metadata-token-ttl-seconds: 60 http://169.254.169.254/latest/api/token") printf TOKEN ;;
    *"X-aws-ec2-metadata-token: TOKEN http://169.254.169.254/latest/meta-data/local-ipv4") printf 10.0.0.7 ;;
    *) exit 22 ;;
  esac`;
  const WGET = `case "$*" in
    *"--method=PUT --header=X-aws-ec2-metadata-token-ttl-seconds: 60 http://169.254.169.254/latest/api/token") printf TOKEN ;;
    *"--header=X-aws-ec2-metadata-token: TOKEN http://169.254.169.254/latest/meta-data/local-ipv4") printf 10.0.0.8 ;;
    *) exit 8 ;;
  esac`;

  interface Situation {
    /** Programs on the path, as shell scripts. */
    readonly programs?: Readonly<Record<string, string>>;
    readonly metadata?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly args?: readonly string[];
    readonly connection?: AgentConnection;
  }

  let situations = 0;

  /** Starts an instrumented container whose application prints its environment and arguments. */
  function start({ programs = {}, metadata, env = {}, args = [], connection = PORTS }: Situation) {
    const own = join(folder, String((situations += 1)));
    const bin = join(own, "bin");
    mkdirSync(bin, { recursive: true });
    // `sleep` doesn't wait, but counts its calls in a file.
    const all = { sleep: `printf '%s ' "$1" >> ${own}/slept`, ...programs };
    for (const [name, script] of Object.entries(all)) {
      writeFileSync(join(bin, name), `#!/bin/sh\n${script.replaceAll("OWN", own)}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    for (const tool of ["sed", "mv"]) symlinkSync(`/bin/${tool}`, join(bin, tool));
    writeFileSync(join(own, "slept"), "");
    const file = join(own, "ecs-container-metadata.json");
    if (metadata !== undefined) writeFileSync(file, metadata);

    const { containerDefinition } = instrument(
      { name: "web", entryPoint: [process.execPath, "-e", REPORT, "--"], command: [...args] },
      connection,
    );
    const [shell = "", ...rest] = [...(containerDefinition.entryPoint ?? []), ...(containerDefinition.command ?? [])];
    const { stdout, stderr, status } = spawnSync(`/bin/${shell}`, rest, {
      encoding: "utf8",
      env: { PATH: bin, ...(metadata !== undefined && { ECS_CONTAINER_METADATA_FILE: file }), ...env },
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\{/) as string });
    const seen = JSON.parse(stdout) as { args: string[]; env: Record<string, string> };
    return {
      args: seen.args,
      env: seen.env,
      host: seen.env.DD_AGENT_HOST,
      traces: seen.env.DD_TRACE_AGENT_URL,
      slept: readFileSync(join(own, "slept"), "utf8").trim(),
      stderr,
    };
  }

  it("asks the instance metadata with curl", () => {
    expect(start({ programs: { curl: CURL } })).toMatchObject({
      host: "10.0.0.7",
      traces: "http://10.0.0.7:8126",
      stderr: "",
    });
  });

  it("prefers curl, and uses wget without curl", () => {
    expect(start({ programs: { curl: CURL, wget: WGET } }).host).toBe("10.0.0.7");
    expect(start({ programs: { wget: WGET } })).toMatchObject({ host: "10.0.0.8", traces: "http://10.0.0.8:8126" });
  });

  it("prefers the instance metadata over the metadata file", () => {
    const { host, slept } = start({ programs: { curl: CURL }, metadata: JSON.stringify(METADATA) });
    expect({ host, slept }).toEqual({ host: "10.0.0.7", slept: "" });
  });

  it.each<[string, Record<string, string>]>([
    ["without a client", {}],
    ["if the instance metadata can't be reached", { curl: "echo no >&2; exit 28" }],
    ["if it refuses the request for a token", { wget: "echo no >&2; exit 1" }],
    ["if it refuses the request for the address", { curl: `case "$*" in *PUT*) printf TOKEN ;; *) exit 22 ;; esac` }],
    ["if another server answers", { curl: "echo '<html>Sign in at 10.0.0.1</html>'" }],
  ])("uses the metadata file %s", (_what, programs) => {
    const metadata = JSON.stringify(METADATA, null, 4);
    expect(start({ programs, metadata })).toMatchObject({
      host: "10.0.0.9",
      traces: "http://10.0.0.9:8126",
      slept: "0",
      stderr: "",
    });
  });

  it("reads a metadata file on one line", () => {
    expect(start({ metadata: JSON.stringify({ ...METADATA, HostPublicIPv4Address: "192.0.2.1" }) }).host).toBe(
      "10.0.0.9",
    );
  });

  it("waits until the metadata file is ready", () => {
    const sleep = `printf '%s ' "$1" >> OWN/slept
      [ "$(sed -n 's/ *$//p' OWN/slept)" != "0 1 1" ] || mv OWN/ready OWN/ecs-container-metadata.json`;
    const before = JSON.stringify({ HostPrivateIPv4Address: "10.9.9.9" });
    const curl = `printf '${JSON.stringify(METADATA)}' > OWN/ready; exit 28`;
    expect(start({ programs: { sleep, curl }, metadata: before })).toMatchObject({ host: "10.0.0.9", slept: "0 1 1" });
  });

  it.each<[string, string | undefined, string]>([
    ["the metadata file is missing", undefined, ""],
    ["the metadata file never becomes ready", JSON.stringify({ HostPrivateIPv4Address: "10.9.9.9" }), "0 1 1 1 1"],
    [
      "the metadata file has no address",
      JSON.stringify({ MetadataFileStatus: "READY", HostPrivateIPv4Address: "" }),
      "0",
    ],
  ])("prints a warning and starts the application if %s", (_what, metadata, slept) => {
    const result = start({ metadata, args: ["a"] });
    expect(result).toMatchObject({ args: ["a"], slept });
    expect(result.env).not.toHaveProperty("DD_AGENT_HOST");
    expect(result.env).not.toHaveProperty("DD_TRACE_AGENT_URL");
    expect(result.stderr).toBe(
      "datadog: the address of this instance is unknown, so DD_AGENT_HOST is not set. The instance metadata needs " +
        "curl or GNU wget in the image and a hop limit of 2 or more; the container metadata file needs " +
        "ECS_ENABLE_CONTAINER_METADATA=true on the instance.\n",
    );
  });

  it("keeps an existing DD_AGENT_HOST", () => {
    const curl = "echo asked >> OWN/slept";
    expect(start({ programs: { curl }, env: { DD_AGENT_HOST: "agent.internal" } })).toMatchObject({
      host: "agent.internal",
      traces: undefined,
      slept: "",
      stderr: "",
    });
  });

  it("treats an empty DD_AGENT_HOST as not set", () => {
    expect(start({ programs: { curl: CURL }, env: { DD_AGENT_HOST: "" } }).host).toBe("10.0.0.7");
  });

  it("keeps an existing DD_TRACE_AGENT_URL", () => {
    const env = { DD_TRACE_AGENT_URL: "http://elsewhere:8126" };
    expect(start({ programs: { curl: CURL }, env })).toMatchObject({
      host: "10.0.0.7",
      traces: "http://elsewhere:8126",
    });
  });

  it("sets no DD_TRACE_AGENT_URL if the Agent has no port for traces", () => {
    const connection = { ...PORTS, apm: undefined };
    expect(start({ programs: { curl: CURL }, connection })).toMatchObject({ host: "10.0.0.7", traces: undefined });
  });

  it("sets no other variable, even if the application has variables of the script's names", () => {
    const env = { token: "a", address: "b", source: "c", imds: "d", ttl: "e", seconds: "f", http_proxy: "g" };
    const { PATH: _path, PWD: _pwd, ...seen } = start({ programs: { curl: CURL }, env }).env;
    expect(seen).toMatchObject({ ...env, DD_AGENT_HOST: "10.0.0.7", DD_TRACE_AGENT_URL: "http://10.0.0.7:8126" });
    expect(Object.keys(seen).filter((name) => !["_", "OLDPWD", "SHLVL"].includes(name))).toHaveLength(9);
  });

  it("passes every argument unchanged", () => {
    const args = [
      "a b",
      "",
      "'",
      '"',
      "$HOME",
      "${HOME}",
      "$(exit 1)",
      "`exit 1`",
      "\\",
      "line\nline\n",
      "*",
      "-e",
      "é",
    ];
    expect(start({ programs: { curl: CURL }, args }).args).toEqual(args);
  });

  it("passes any argument unchanged", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), (args) => {
        expect(start({ args, env: { DD_AGENT_HOST: "10.0.0.1" } }).args).toEqual(args);
      }),
      { numRuns: 15 },
    );
  });

  it("replaces itself with the application, without a remaining shell", () => {
    const { containerDefinition } = instrument({ command: [process.execPath, "-p", "process.pid"] }, PORTS);
    const [shell = "", ...rest] = [...(containerDefinition.entryPoint ?? []), ...(containerDefinition.command ?? [])];
    const { pid, stdout } = spawnSync(`/bin/${shell}`, rest, { encoding: "utf8", env: { DD_AGENT_HOST: "10.0.0.1" } });
    expect(Number(stdout)).toBe(pid);
  });
});
