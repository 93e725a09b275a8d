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
  close(): Promise<void>;
}

/**
 * What real ECS keeps of a service and gives back by DescribeServices, but the emulator forgets or makes up.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
 */
const KEPT_OF_SERVICE = [
  "availabilityZoneRebalancing",
  "deploymentConfiguration",
  "enableECSManagedTags",
  "enableExecuteCommand",
  "launchType",
  "networkConfiguration",
  "placementConstraints",
];

/**
 * A loopback proxy before the emulator. It mends what services were given: real ECS gives it back in every answer, and
 * leaves `networkConfiguration` out for services without one, where the emulator answers `{}`. And it shows the
 * emulator, which doesn't know ECS Anywhere, EC2 in place of EXTERNAL: real ECS takes EXTERNAL as a launch type and as
 * a compatibility, and gives it back.
 */
export async function startEcsApi(emulator: URL): Promise<EcsApi> {
  /** By ARN of the service or of the task definition. */
  const given = new Map<string, Json>();
  const mendService = (service: Json, input: Json = {}) => {
    const arn = String(service.serviceArn);
    given.set(arn, { ...given.get(arn), ...pick(input, KEPT_OF_SERVICE) });
    const { networkConfiguration: _madeUp, ...rest } = service;
    return { ...rest, ...given.get(arn) };
  };
  const mendTaskDefinition = (definition: Json, input: Json = {}) => {
    const arn = String(definition.taskDefinitionArn);
    given.set(arn, { ...given.get(arn), ...pick(input, ["requiresCompatibilities"]) });
    return { ...definition, ...given.get(arn) };
  };
  const mend = (answer: Json, input: Json) => ({
    ...answer,
    ...(answer.service ? { service: mendService(answer.service as Json, input) } : {}),
    ...(answer.services ? { services: (answer.services as Json[]).map((service) => mendService(service)) } : {}),
    ...(answer.taskDefinition ? { taskDefinition: mendTaskDefinition(answer.taskDefinition as Json, input) } : {}),
  });

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
      const ecs = incoming.headers["x-amz-target"] !== undefined;
      const asked = ecs ? Buffer.from(body.toString().replaceAll('"EXTERNAL"', '"EC2"')) : body;
      const answer = await forward(emulator, incoming, asked);
      const text =
        ecs && answer.status === 200
          ? Buffer.from(
              JSON.stringify(mend(JSON.parse(answer.body.toString()) as Json, JSON.parse(body.toString()) as Json)),
            )
          : answer.body;
      outgoing.writeHead(answer.status, { ...answer.headers, "content-length": text.length });
      outgoing.end(text);
    })().catch((error: unknown) => outgoing.destroy(error as Error));
  });

  const api: EcsApi = {
    url: await listen(server),
    operations: [],
    refuse: undefined,
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
    const { method, url: path } = incoming;
    const headers = { ...incoming.headers, "content-length": body.length };
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

function pick(input: Json, keys: readonly string[]): Json {
  return Object.fromEntries(keys.filter((key) => key in input).map((key) => [key, input[key]]));
}
