import { z } from "zod";
import { AGENT_CONTAINER } from "../core/assemble";
import { ConfigurationError, list, type Path, type Problem } from "../core/problem";
import { wordsFor } from "../core/schema";

/**
 * A task definition as a file has it: what `aws ecs describe-task-definition` prints, or what
 * `aws ecs register-task-definition` takes. Only what is compared piece by piece has a form here.
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
  // A file for the AWS CLI has text, the CDK and others write numbers.
  cpu: z.union([text, number]).optional(),
  memory: z.union([text, number]).optional(),
  placementConstraints: z.array(z.object({ type: text.default("memberOf"), expression: text.default("") })).default([]),
  runtimePlatform: z.looseObject({ operatingSystemFamily: text.default("") }).optional(),
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

export type Definition = z.output<typeof taskDefinition>;
export type Container = z.output<typeof container>;

/**
 * Reads a file's text.
 * @param file its name in the errors
 * @throws ConfigurationError that says what is wrong, and nothing of what the file says: it may hold a key
 */
export function readDefinition(text: string, file: string): Definition {
  const refuse = (...problems: Problem[]) => new ConfigurationError(file, problems);
  let json: unknown;
  try {
    // Windows marks text as UTF-8 by a first character of its own.
    json = withoutNulls(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch (error) {
    throw refuse({
      path: [],
      message: `must be JSON${placeOf(error, text)}. The AWS CLI prints it with --output json.`,
    });
  }
  const { taskDefinition: described, tags } = asMap(json) ?? {};
  const definition = asMap(described) ?? asMap(json);
  if (definition?.containerDefinitions === undefined) {
    const message =
      "must be a task definition: what `aws ecs describe-task-definition` prints, or a file for " +
      "`aws ecs register-task-definition`. It has neither `taskDefinition` nor `containerDefinitions`.";
    throw refuse({ path: [], message });
  }
  const read = taskDefinition.safeParse(tags === undefined ? definition : { tags, ...definition });
  if (!read.success) {
    const base: Path = described === undefined ? [] : ["taskDefinition"];
    throw refuse(
      ...read.error.issues.map((issue) => ({ path: [...base, ...issue.path] as Path, message: wrong(issue) })),
    );
  }
  if (agentIndex(read.data) < 0) {
    const message = `must have the Agent's container: one named ${AGENT_CONTAINER}, or one with an image of Datadog's Agent.`;
    throw refuse({ path: ["containerDefinitions"], message });
  }
  return read.data;
}

/** An image of the Agent: the vendor's repositories, and mirrors that keep the name. */
const AGENT_IMAGE = /(?:^|[/.])datadog(?:hq)?(?:\.com)?[/-]agent(?=[:@]|$)/;

/** The Agent's container: the one of its name, else the first that runs its image. */
export function agentIndex({ containerDefinitions }: Definition): number {
  const named = containerDefinitions.findIndex(({ name }) => name === AGENT_CONTAINER);
  return named >= 0 ? named : containerDefinitions.findIndex(({ image }) => AGENT_IMAGE.test(image));
}

/** Null and absent are one for ECS. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

function asMap(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

/** Where JSON ends to be one. The parser's own message quotes the text. */
function placeOf(error: unknown, text: string): string {
  const [, position] = /at position (\d+)/.exec((error as Error).message) ?? [];
  if (text.trim() === "") return ", got nothing";
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return `, but isn't from line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1} on`;
}

function wrong(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return `must be ${wordsFor(issue.expected)}.`;
  if (issue.code === "too_small") return "must not be an empty list.";
  if (issue.code === "invalid_value") return `must be ${list(issue.values.map(String), "or")}.`;
  return "must be text or a number.";
}
