import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;

/** A request of Terraform, the AWS CLI or an SDK. */
export interface ApiRequest {
  /** From the request's signature, such as `ecs`. */
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  /** From the JSON or the form. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** An error response that replaces the emulator's response. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
}

export interface EcsApi {
  readonly url: string;
  /** The ECS and IAM operations that were called, in order. */
  readonly operations: string[];
  /** All requests, in order. */
  readonly requests: ApiRequest[];
  /** Called before every operation. If it returns a refusal, the emulator is not called. */
  refuse: ((operation: string) => Refusal | undefined) | undefined;
  close(): Promise<void>;
}

/**
 * Fields of a service that ECS returns from DescribeServices, but the emulator drops or invents.
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
 * A local proxy in front of the emulator, which corrects differences from ECS:
 * - ECS returns all fields of a service, and omits `networkConfiguration` if it isn't set. The emulator returns `{}`.
 * - The emulator doesn't support EXTERNAL (ECS Anywhere). It gets EC2 instead, and responses contain EXTERNAL.
 * - The emulator can give two task definitions the same revision if they are registered at the same time. The proxy
 *   registers them one after another.
 */
export async function startEcsApi(emulator: URL): Promise<EcsApi> {
  /** By ARN of the service or of the task definition. */
  const given = new Map<string, Json>();
  const correctService = (service: Json, input: Json = {}) => {
    const arn = String(service.serviceArn);
    given.set(arn, { ...given.get(arn), ...pick(input, KEPT_OF_SERVICE) });
    const { networkConfiguration: _invented, ...rest } = service;
    return { ...rest, ...given.get(arn) };
  };
  const correctTaskDefinition = (definition: Json, input: Json = {}) => {
    const arn = String(definition.taskDefinitionArn);
    given.set(arn, { ...given.get(arn), ...pick(input, ["requiresCompatibilities"]) });
    return { ...definition, ...given.get(arn) };
  };
  const correct = (answer: Json, input: Json) => ({
    ...answer,
    ...(answer.service ? { service: correctService(answer.service as Json, input) } : {}),
    ...(answer.services ? { services: (answer.services as Json[]).map((service) => correctService(service)) } : {}),
    ...(answer.taskDefinition ? { taskDefinition: correctTaskDefinition(answer.taskDefinition as Json, input) } : {}),
  });

  let registration: Promise<unknown> = Promise.resolve();
  const inTurn = (incoming: IncomingMessage, body: Buffer) => {
    const answer = registration.then(() => forward(emulator, incoming, body));
    registration = answer.catch(() => undefined);
    return answer;
  };

  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await read(incoming);
      const operation = operationOf(incoming, body);
      api.operations.push(operation);
      api.requests.push(requestOf(incoming, body, operation));
      const refusal = api.refuse?.(operation);
      if (refusal) {
        outgoing.writeHead(refusal.status, { "content-type": "application/x-amz-json-1.1" });
        outgoing.end(JSON.stringify({ __type: refusal.code, message: `${refusal.code} (injected)` }));
        return;
      }
      // CloudWatch Logs has the same protocol, but some of its responses are empty.
      const ecs = String(incoming.headers["x-amz-target"]).startsWith("AmazonEC2ContainerServiceV");
      const asked = ecs ? Buffer.from(body.toString().replaceAll('"EXTERNAL"', '"EC2"')) : body;
      const answer = await (operation === "RegisterTaskDefinition"
        ? inTurn(incoming, asked)
        : forward(emulator, incoming, asked));
      const text =
        ecs && answer.status === 200
          ? Buffer.from(
              JSON.stringify(correct(JSON.parse(answer.body.toString()) as Json, JSON.parse(body.toString()) as Json)),
            )
          : answer.body;
      outgoing.writeHead(answer.status, { ...answer.headers, "content-length": text.length });
      outgoing.end(text);
    })().catch((error: unknown) => outgoing.destroy(error as Error));
  });

  const api: EcsApi = {
    url: await listen(server),
    operations: [],
    requests: [],
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

function requestOf({ headers, method = "", url = "" }: IncomingMessage, body: Buffer, operation: string): ApiRequest {
  const [, service = ""] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  const isJson = headers["content-type"]?.startsWith("application/x-amz-json");
  const parameters = isForm
    ? Object.fromEntries(new URLSearchParams(body.toString()))
    : isJson
      ? (JSON.parse(body.toString() || "{}") as Json)
      : {};
  return { service, operation, method, path: url, parameters };
}

/** The operation, such as `CreateService` in ECS's JSON protocol or `CreateRole` in IAM's query protocol. */
function operationOf({ headers }: IncomingMessage, body: Buffer): string {
  const target = headers["x-amz-target"];
  return typeof target === "string"
    ? (target.split(".").at(-1) ?? "")
    : (/(?:^|&)Action=(\w+)/.exec(body.toString())?.[1] ?? "");
}

function pick(input: Json, keys: readonly string[]): Json {
  return Object.fromEntries(keys.filter((key) => key in input).map((key) => [key, input[key]]));
}
