import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;

/** An answer that stands in for the emulator's own. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

export interface EcsApi {
  readonly url: string;
  /** The ECS and IAM operations that were called, in order. */
  readonly operations: string[];
  /** Asked before every operation; a refusal is answered instead of calling the emulator. */
  refuse: ((operation: string) => Refusal | undefined) | undefined;
  /** Called after the emulator has done an operation, before the answer is sent. */
  onDone: ((operation: string) => void) | undefined;
  close(): Promise<void>;
}

/**
 * What real ECS keeps of a service and gives back by DescribeServices, but the emulator forgets or makes up.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
 */
const KEPT = [
  "availabilityZoneRebalancing",
  "deploymentConfiguration",
  "enableECSManagedTags",
  "enableExecuteCommand",
  "networkConfiguration",
  "placementConstraints",
] as const;

/**
 * A loopback proxy before the emulator. It mends one thing, services, as real ECS does: what CreateService and
 * UpdateService were given is what they, and DescribeServices, give back. Real ECS leaves `networkConfiguration` out
 * for services without one, where the emulator answers `{}`.
 */
export async function startEcsApi(emulator: URL): Promise<EcsApi> {
  const given = new Map<string, Json>();
  const remember = (input: Json) => {
    const name =
      String(input.serviceName ?? input.service)
        .split("/")
        .at(-1) ?? "";
    const key = `${lastPart(input.cluster)}/${name}`;
    given.set(key, { ...given.get(key), ...pick(input) });
  };
  const mend = (service: Json) => {
    const { networkConfiguration: _forgotten, ...rest } = service;
    return { ...rest, ...given.get(`${lastPart(service.clusterArn)}/${String(service.serviceName)}`) };
  };

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await read(incoming);
      const operation = operationOf(incoming, body);
      api.operations.push(operation);
      const refusal = api.refuse?.(operation);
      if (refusal) {
        outgoing.writeHead(refusal.status, { "content-type": "application/x-amz-json-1.1" });
        outgoing.end(JSON.stringify({ __type: refusal.code, message: `${refusal.code} (injected)` }));
        return;
      }
      const answer = await forward(emulator, incoming, body);
      let text = answer.body;
      if (answer.status === 200 && /Service(s)?$/.test(operation)) {
        if (operation === "CreateService" || operation === "UpdateService")
          remember(JSON.parse(body.toString()) as Json);
        const json = JSON.parse(text.toString()) as Json;
        if (json.service) json.service = mend(json.service as Json);
        if (json.services) json.services = (json.services as Json[]).map(mend);
        text = Buffer.from(JSON.stringify(json));
      }
      api.onDone?.(operation);
      outgoing.writeHead(answer.status, { ...answer.headers, "content-length": text.length });
      outgoing.end(text);
    })().catch((error: unknown) => outgoing.destroy(error as Error));
  });

  const api: EcsApi = {
    url: await listen(server),
    operations: [],
    refuse: undefined,
    onDone: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)),
  );
}

async function read(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function forward(emulator: URL, incoming: IncomingMessage, body: Buffer) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const { method, url: path, headers } = incoming;
    const { hostname, port } = emulator;
    const outgoing = request({ hostname, port, method, path, headers }, (answer) => {
      const { "transfer-encoding": _chunked, ...rest } = answer.headers;
      read(answer).then((text) => resolve({ status: answer.statusCode ?? 500, headers: rest, body: text }), reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** `CreateService` of ECS's JSON protocol, `CreateRole` of IAM's form protocol. */
function operationOf({ headers }: IncomingMessage, body: Buffer): string {
  const target = headers["x-amz-target"];
  return typeof target === "string"
    ? (target.split(".").at(-1) ?? "")
    : (/(?:^|&)Action=(\w+)/.exec(body.toString())?.[1] ?? "");
}

function pick(input: Json): Json {
  return Object.fromEntries(KEPT.filter((key) => key in input).map((key) => [key, input[key]]));
}

function lastPart(arn: unknown): string {
  return String(arn).split("/").at(-1) ?? "";
}
