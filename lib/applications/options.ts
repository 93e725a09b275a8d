import { z } from "zod";
import { checkShape } from "../configuration/check";
import { settingsSchema } from "../configuration/schema";
import type { Problem } from "../core/problem";
import { oneOf, text } from "../core/schema";

/**
 * What the Agent does to the lines of a log before it sends them, one rule after the other. Patterns are regular
 * expressions of Go.
 * @see https://docs.datadoghq.com/agent/logs/advanced_log_collection/
 */
export type LogProcessingRule =
  | {
      /** Drop, or keep only, what the pattern is found in; or begin a new message where it is. */
      readonly type: "exclude_at_match" | "include_at_match" | "multi_line";
      /** Name of the rule. */
      readonly name: string;
      /** What to look for. */
      readonly pattern: string;
    }
  | {
      /** Put something else in the place of what the pattern finds. */
      readonly type: "mask_sequences";
      /** Name of the rule. */
      readonly name: string;
      /** What to look for. */
      readonly pattern: string;
      /** What stands in the place of what the pattern finds. @default nothing */
      readonly replacePlaceholder?: string;
    }
  | {
      /** Drop what is too long to be sent as one message. */
      readonly type: "exclude_truncated";
      /** Name of the rule. */
      readonly name: string;
    };

/** How the Agent collects the log of a container. */
export interface LogOptions {
  /** What wrote it, such as `nginx`: it picks the pipeline that parses the log. */
  readonly source: string;
  /** @default the `service` of the container's options */
  readonly service?: string;
  /** More tags on its messages: `key:value`. @default none */
  readonly tags?: readonly string[];
  /** What happens to its lines, one rule after the other. @default none */
  readonly processingRules?: readonly LogProcessingRule[];
}

/** How the Agent checks what runs in a container. */
export interface CheckOptions {
  /** @default {} */
  readonly initConfig?: object;
  /** One or more; `%%host%%`, `%%port%%` and other template variables stand for what the Agent finds out. */
  readonly instances: readonly object[];
  /** Log collection that belongs to the check. @default none */
  readonly logs?: readonly LogOptions[];
}

/** What {@link DatadogAgentDaemon.instrument} adds to a container. Strings may be Terraform expressions. */
export interface InstrumentOptions {
  /** The tag `service` of everything that the container sends: DD_SERVICE and its label. @default none */
  readonly service?: string;
  /** The tag `env`: DD_ENV and its label. @default none */
  readonly env?: string;
  /** The tag `version`: DD_VERSION and its label. @default none */
  readonly version?: string;
  /**
   * The way to the Agent. `socket`: its UNIX sockets. `host`: its ports at the instance's address, which the container
   * asks for when it starts. `none`: the application finds the Agent without help.
   * @default for traces and metrics each the socket where the Agent listens on one, else the host's address
   */
  readonly transport?: "socket" | "host" | "none";
  /** How the Agent collects the container's log. @default as the Agent's feature `logs` says for all containers */
  readonly logs?: LogOptions;
  /** The Agent's checks of this container, by the name of the integration; Agent 7.36 or later. @default none */
  readonly checks?: Readonly<Record<string, CheckOptions>>;
}

/** The same rule as for the values of the Agent's own tags. */
const tagValue = settingsSchema.shape.tags.unwrap().valueType;

const someText = (what: string) => text(`${what}: text that isn't empty`, /^[\s\S]+$/);

const logSchema = z.strictObject({
  source: tagValue,
  service: tagValue.optional(),
  tags: z
    .array(
      text(
        "a tag such as key:value: a letter, then letters, digits and _ - . / :, at most 200 characters",
        /^\p{L}[\p{L}\p{N}_\-./:]{0,199}$/u,
      ),
    )
    .optional(),
  processingRules: z
    .array(
      z.strictObject({
        type: oneOf(["exclude_at_match", "include_at_match", "mask_sequences", "multi_line", "exclude_truncated"]),
        name: someText("the rule's name"),
        pattern: someText("a regular expression").optional(),
        replacePlaceholder: someText("what stands in the place of what the pattern finds").optional(),
      }),
    )
    .optional(),
});

const configuration = z.record(z.string(), z.unknown());

const optionsSchema = z.strictObject({
  service: tagValue.optional(),
  env: tagValue.optional(),
  version: tagValue.optional(),
  transport: oneOf(["socket", "host", "none"]).optional(),
  logs: logSchema.optional(),
  checks: z
    .record(
      z.string().regex(/^\w+$/, { error: "must be the name of an integration: letters, digits and _" }),
      z.strictObject({
        initConfig: configuration.optional(),
        instances: z.array(configuration).min(1, { error: "must have at least one instance" }),
        logs: z.array(logSchema).optional(),
      }),
    )
    .optional(),
});

export type Options = z.output<typeof optionsSchema>;
export type Log = z.output<typeof logSchema>;

/** Checks options by themselves; whether the Agent has what they want is another question. */
export function checkOptions(
  options: InstrumentOptions,
): { readonly value: Options } | { readonly problems: readonly Problem[] } {
  const checked = checkShape(optionsSchema, options);
  if (checked.problems) return checked;
  const problems = ruleProblems(checked.value);
  return problems.length > 0 ? { problems } : checked;
}

/** What a rule has besides its name depends on its type. */
function ruleProblems({ logs, checks = {} }: Options): Problem[] {
  const all = [
    ...(logs ? [{ path: ["logs"], log: logs }] : []),
    ...Object.entries(checks).flatMap(([name, check]) =>
      (check.logs ?? []).map((log, index) => ({ path: ["checks", name, "logs", index], log })),
    ),
  ];
  return all.flatMap(({ path, log }) =>
    (log.processingRules ?? []).flatMap((rule, index) => {
      const problem = (message: string): Problem => ({ path: [...path, "processingRules", index], message });
      const patterned = rule.type !== "exclude_truncated";
      return [
        ...(patterned === (rule.pattern !== undefined)
          ? []
          : [
              problem(
                `must have ${patterned ? "a" : "no"} \`pattern\` when its type is ${rule.type}, got ${patterned ? "none" : "one"}.`,
              ),
            ]),
        ...(rule.replacePlaceholder === undefined || rule.type === "mask_sequences"
          ? []
          : [
              problem(
                `must have no \`replacePlaceholder\` unless its type is mask_sequences, got one with ${rule.type}.`,
              ),
            ]),
      ];
    }),
  );
}
