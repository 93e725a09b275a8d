import * as z from "zod";
import { checkShape } from "../configuration/check";
import type { Problem } from "../core/problem";
import { oneOf, text } from "../core/schema";
import { tagValue } from "../settings/tags";

/**
 * A rule that the Agent applies to log lines before it sends them. Patterns are Go regular expressions.
 * @see https://docs.datadoghq.com/agent/logs/advanced_log_collection/
 */
export type LogProcessingRule =
  | {
      /** Drop matching lines, keep only matching lines, or start a new message at matching lines. */
      readonly type: "exclude_at_match" | "include_at_match" | "multi_line";
      /** Name of the rule. */
      readonly name: string;
      /** Regular expression. */
      readonly pattern: string;
    }
  | {
      /** Replace the text that the pattern matches. */
      readonly type: "mask_sequences";
      /** Name of the rule. */
      readonly name: string;
      /** Regular expression. */
      readonly pattern: string;
      /** Replacement of the matched text. @default empty text */
      readonly replacePlaceholder?: string;
    }
  | {
      /** Drop messages that are too long to be sent in one piece. */
      readonly type: "exclude_truncated";
      /** Name of the rule. */
      readonly name: string;
    };

/** How the Agent collects a container's log. */
export interface LogOptions {
  /** Integration that writes the log, such as `nginx`. Datadog chooses the log pipeline by it. */
  readonly source: string;
  /** @default the `service` of the container's options */
  readonly service?: string;
  /** Additional tags of the log, as `key:value`. @default none */
  readonly tags?: readonly string[];
  /** Rules for the log's lines, applied in order. @default none */
  readonly processingRules?: readonly LogProcessingRule[];
}

/** An Agent check of a container. */
export interface CheckOptions {
  /** @default {} */
  readonly initConfig?: object;
  /** One or more instances. May use Autodiscovery template variables such as `%%host%%` and `%%port%%`. */
  readonly instances: readonly object[];
  /** Log collection of the check. @default none */
  readonly logs?: readonly LogOptions[];
}

/** Options of {@link DatadogAgentDaemon.instrument}. Strings may be Terraform expressions. */
export interface InstrumentOptions {
  /** Tag `service` of all data of the container: sets DD_SERVICE and a Docker label. @default none */
  readonly service?: string;
  /** Tag `env`: sets DD_ENV and a Docker label. @default none */
  readonly env?: string;
  /** Tag `version`: sets DD_VERSION and a Docker label. @default none */
  readonly version?: string;
  /**
   * How the application reaches the Agent. `socket`: UNIX sockets. `host`: ports at the instance's address, which the
   * container finds when it starts. `none`: no connection is added.
   * @default for traces and for metrics: a socket if the Agent listens on one, otherwise the instance's address
   */
  readonly transport?: "socket" | "host" | "none";
  /** How the Agent collects the container's log. @default the options of the Agent's feature `logs` */
  readonly logs?: LogOptions;
  /** Agent checks of the container, by integration name. Needs Agent 7.36 or later. @default none */
  readonly checks?: Readonly<Record<string, CheckOptions>>;
}

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
        replacePlaceholder: someText("the replacement of the matched text").optional(),
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
      z.string().regex(/^\w+$/, { error: "must be an integration name: letters, digits and _" }),
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

/** Checks options without the Agent. `problems.ts` checks them against the Agent. */
export function checkOptions(
  options: InstrumentOptions,
): { readonly value: Options } | { readonly problems: readonly Problem[] } {
  const checked = checkShape(optionsSchema, options, new Set());
  if (checked.problems) return checked;
  const problems = ruleProblems(checked.value);
  return problems.length > 0 ? { problems } : checked;
}

/** The other fields of a rule depend on its type. */
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
                patterned
                  ? `must have a \`pattern\`, because its type is ${rule.type}.`
                  : `can't have a \`pattern\`, because its type is ${rule.type}. Remove it.`,
              ),
            ]),
        ...(rule.replacePlaceholder === undefined || rule.type === "mask_sequences"
          ? []
          : [
              problem(
                `can't have a \`replacePlaceholder\`, because its type is ${rule.type}, not mask_sequences. Remove it.`,
              ),
            ]),
      ];
    }),
  );
}
