import * as z from "zod";
import { API_KEY } from "../../core/agent";
import { AGENT_CONTAINER } from "../../core/assemble";
import { ConfigurationError, list, type Path, type Problem } from "../../core/problem";
import { typeName } from "../../core/schema";
import { definitionsIn, isIntrinsic, isMap } from "./input-formats";
import { AGENT_IMAGE } from "./image";

/**
 * The schema of a task definition, as in the output of `aws ecs describe-task-definition` or the input of
 * `aws ecs register-task-definition`. Has only the fields that are compared individually.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */

const text = z.string();
const number = z.number();
const texts = z.array(text).default([]);

const container = z.looseObject({
  name: text.default(""),
  image: text.default(""),
  essential: z.boolean().default(true),
  cpu: number.default(0),
  memory: number.optional(),
  environment: z.array(z.object({ name: text, value: text.default("") })).default([]),
  secrets: z.array(z.object({ name: text, valueFrom: text })).default([]),
  mountPoints: z
    .array(
      z.object({
        containerPath: text.default(""),
        sourceVolume: text.default(""),
        readOnly: z.boolean().default(false),
      }),
    )
    .default([]),
  dockerLabels: z.record(text, text).default({}),
  portMappings: z
    .array(
      z.looseObject({ containerPort: number.optional(), hostPort: number.default(0), protocol: text.default("tcp") }),
    )
    .default([]),
  linuxParameters: z.looseObject({ capabilities: z.object({ add: texts, drop: texts }).prefault({}) }).prefault({}),
  healthCheck: z
    .object({
      command: texts,
      interval: number.default(30),
      timeout: number.default(5),
      retries: number.default(3),
      startPeriod: number.default(0),
    })
    .prefault({}),
});

const taskDefinition = z.looseObject({
  family: text.default(""),
  taskDefinitionArn: text.optional(),
  taskRoleArn: text.optional(),
  executionRoleArn: text.optional(),
  networkMode: text.optional(),
  requiresCompatibilities: texts,
  // Strings in the ECS API, numbers in files of other tools such as AWS CDK.
  cpu: z.union([text, number]).optional(),
  memory: z.union([text, number]).optional(),
  placementConstraints: z.array(z.object({ type: text.default("memberOf"), expression: text.default("") })).default([]),
  runtimePlatform: z.looseObject({ operatingSystemFamily: text.optional() }).optional(),
  containerDefinitions: z.array(container).min(1),
  volumes: z
    .array(
      z.looseObject({
        name: text.default(""),
        host: z.object({ sourcePath: text.default("") }).optional(),
        dockerVolumeConfiguration: z
          .looseObject({
            scope: z.enum(["task", "shared"]).optional(),
            driver: text.optional(),
            autoprovision: z.boolean().optional(),
          })
          .optional(),
      }),
    )
    .default([]),
  tags: z.array(z.object({ key: text, value: text.default("") })).default([]),
});

/** A task definition with a known Agent container. */
export type Definition = z.output<typeof taskDefinition> & {
  /** The index of the Agent's container. */
  readonly agent: number;
  /** The containers as in the file, with all fields. */
  readonly rawContainers: readonly Readonly<Record<string, unknown>>[];
};
export type Container = z.output<typeof container>;

/**
 * Parses a file.
 * @param file the file's name, for errors
 * @param wanted the name of the Agent's container, if it isn't detected
 * @throws ConfigurationError without any content of the file, which may contain secrets
 */
export function readDefinition(text: string, file: string, wanted?: string): Definition {
  const refuse = (...problems: Problem[]) => new ConfigurationError(file, problems);
  let json: unknown;
  try {
    // Windows tools write a byte order mark.
    json = withoutNulls(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch (error) {
    throw refuse({ path: [], message: `isn't valid JSON${placeOf(error, text)}. ${HOW_TO_GET_IT}` });
  }
  const found = definitionsIn(json);
  if (found.length === 0) throw refuse({ path: [], message: NO_DEFINITION });
  const read = found.map((each) => ({ ...each, parsed: taskDefinition.safeParse(each.definition) }));
  // A plan, state or template may also have the task definitions of applications.
  const withAgent = read.filter(({ definition }) => {
    const known = taskDefinition.safeParse(withoutIntrinsics(definition));
    return known.success && agentsOf(known.data, wanted).length > 0;
  });
  const [first, ...others] = read.length > 1 ? (withAgent.length > 0 ? withAgent : read) : read;
  if (first === undefined || others.length > 0) {
    const names = list([first, ...others].map((each) => each?.name ?? ""));
    const message = `must have one task definition with an Agent, got several: ${names}. ${HOW_TO_GET_IT}`;
    throw refuse({ path: [], message });
  }
  const { path, definition, parsed } = first;
  const unknown = intrinsicsIn(definition);
  if (unknown.length > 0) {
    throw refuse(
      ...unknown.map((at) => ({
        path: [...path, ...at],
        message: `is a CloudFormation function, whose value isn't known. ${HOW_TO_GET_IT}`,
      })),
    );
  }
  if (!parsed.success) {
    if (definition.containerDefinitions === undefined) {
      throw refuse({ path, message: `has container definitions that aren't known yet. ${HOW_TO_GET_IT}` });
    }
    throw refuse(
      ...parsed.error.issues.map((issue) => ({ path: [...path, ...issue.path] as Path, message: messageOf(issue) })),
    );
  }
  const containers = [...path, "containerDefinitions"];
  const [agent, ...candidates] = agentsOf(parsed.data, wanted);
  if (agent === undefined) throw refuse({ path: containers, message: noAgent(parsed.data, wanted) });
  if (candidates.length > 0) {
    const names = list([agent, ...candidates].map((index) => parsed.data.containerDefinitions[index]?.name ?? ""));
    throw refuse({
      path: containers,
      message: `has several containers that may be the Agent: ${names}. Choose one with --container.`,
    });
  }
  const { containerDefinitions: rawContainers } = definition as unknown as Pick<Definition, "containerDefinitions">;
  return { ...parsed.data, agent, rawContainers };
}

const HOW_TO_GET_IT = "Use the output of `aws ecs describe-task-definition --task-definition <family> --output json`.";

const NO_DEFINITION =
  "must be a task definition: the output of `aws ecs describe-task-definition`, a file for `aws ecs " +
  "register-task-definition`, a list of container definitions, a CloudFormation template in JSON, or the output of " +
  "`terraform show -json`.";

/**
 * The containers that may be the Agent: the wanted one, otherwise the one named datadog-agent, otherwise the first with
 * the Agent's image, otherwise those with an API key and the Docker socket.
 */
function agentsOf({ containerDefinitions, volumes }: z.output<typeof taskDefinition>, wanted?: string): number[] {
  const indices = [...containerDefinitions.keys()];
  const where = (is: (container: Container) => boolean) =>
    indices.filter((index) => is(containerDefinitions[index] as Container));
  if (wanted !== undefined) return where(({ name }) => name === wanted).slice(0, 1);
  const named = where(({ name, image }) => name === AGENT_CONTAINER && !AGENT_5.test(image));
  const byImage = where(({ image }) => AGENT_IMAGE.test(image));
  if (named.length + byImage.length > 0) return [...named, ...byImage].slice(0, 1);
  const sockets = volumes.filter(({ host }) => /docker\.sock$|docker_engine$/.test(host?.sourcePath ?? ""));
  return where(
    ({ environment, secrets, mountPoints, image }) =>
      !AGENT_5.test(image) &&
      [...environment, ...secrets].some(({ name }) => name === API_KEY) &&
      mountPoints.some(({ sourceVolume }) => sockets.some(({ name }) => name === sourceVolume)),
  );
}

/** The image of Agent 5 and earlier. */
const AGENT_5 = /(?:^|\/)docker-dd-agent(?=[:@]|$)/;

function noAgent({ containerDefinitions }: z.output<typeof taskDefinition>, wanted: string | undefined): string {
  if (wanted !== undefined) return "has no container with the name that --container gives.";
  if (containerDefinitions.some(({ image }) => AGENT_5.test(image))) {
    return (
      "has Agent 5 (docker-dd-agent), whose settings differ from those of Agent 7. Start with a new clusters.yaml, and " +
      "see https://docs.datadoghq.com/agent/versions/upgrade_to_agent_v6/ for the new names of its variables."
    );
  }
  return (
    `has no Agent container: none is named ${AGENT_CONTAINER}, has an image of the Datadog Agent, or has ${API_KEY} and ` +
    "the Docker socket. Choose the Agent's container with --container."
  );
}

/** The index of the Agent's container. */
export function agentIndex({ agent }: Definition): number {
  return agent;
}

function withoutIntrinsics(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => !isIntrinsic(each)).map(withoutIntrinsics);
  if (!isMap(value)) return value;
  const known = Object.entries(value).filter(([, each]) => !isIntrinsic(each));
  return Object.fromEntries(known.map(([key, each]) => [key, withoutIntrinsics(each)]));
}

function intrinsicsIn(value: unknown, path: Path = []): readonly Path[] {
  if (isIntrinsic(value)) return [path];
  if (Array.isArray(value)) return value.flatMap((each, index) => intrinsicsIn(each, [...path, index]));
  return isMap(value) ? Object.entries(value).flatMap(([key, each]) => intrinsicsIn(each, [...path, key])) : [];
}

/** ECS treats null like a missing value. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

/** The position of a syntax error. The parser's message quotes the text, which may contain secrets. */
function placeOf(error: unknown, text: string): string {
  const [, position] = /at position (\d+)/.exec((error as Error).message) ?? [];
  if (text.trim() === "") return ": it is empty";
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return `: there is an error at line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `must be ${typeName(issue.expected)}.`;
  if (issue.code === "too_small") return "must not be an empty list.";
  if (issue.code === "invalid_value") return `must be ${list(issue.values.map(String), "or")}.`;
  return "must be text or a number.";
}
