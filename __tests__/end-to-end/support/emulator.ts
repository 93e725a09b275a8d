import { ECSClient } from "@aws-sdk/client-ecs";
import { type ChildProcess, spawn } from "node:child_process";
import { run } from "./run";
import { type EcsApi, startEcsApi } from "./ecs-api";

export const REGION = "eu-west-1";

/** An emulator of the AWS APIs for one test suite. */
export interface Emulator {
  readonly api: EcsApi;
  /** The environment variables that point a command to the emulator. */
  readonly environment: Record<string, string>;
  readonly ecs: ECSClient;
  /** Runs the AWS CLI and parses its output. */
  aws<Answer = unknown>(...args: string[]): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts an emulator on a free local port and waits until it is ready. */
export async function startEmulator(): Promise<Emulator> {
  // The shell stops the emulator when its standard input closes: on stop(), or when the test process ends.
  const script = 'moto_server --host 127.0.0.1 --port 0 & server=$!; read -r _; kill "$server"';
  const child = spawn("sh", ["-c", script], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
    stdio: ["pipe", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const api = await startEcsApi(await address(child));
  const environment = {
    AWS_ENDPOINT_URL: api.url,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
  };
  const ecs = new ECSClient({
    endpoint: api.url,
    region: REGION,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  return {
    api,
    environment,
    ecs,
    aws: async <Answer>(...args: string[]) => {
      const { stdout } = await run("aws", [...args, "--output", "json"], { environment });
      return JSON.parse(stdout || "null") as Answer;
    },
    stop: async () => {
      ecs.destroy();
      await api.close();
      child.stdin.end();
      await ended;
    },
  };
}

/** Subnets and security groups of the default VPC. */
export async function defaultNetwork(emulator: Emulator) {
  const { Subnets } = await emulator.aws<{ Subnets: { SubnetId: string }[] }>("ec2", "describe-subnets");
  const { SecurityGroups } = await emulator.aws<{ SecurityGroups: { GroupId: string }[] }>(
    "ec2",
    "describe-security-groups",
  );
  return {
    subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId),
    securityGroups: SecurityGroups.map(({ GroupId }) => GroupId),
  };
}

function address(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let log = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      const url = /Running on (http:\S+)/.exec(log)?.[1];
      if (url) resolve(new URL(url));
    });
    child.once("exit", () => reject(new Error(`The emulator did not start:\n${log}`)));
  });
}
