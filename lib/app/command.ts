import { ConfigurationError } from "../core/problem";
import { VERSION } from "../version";
import { type Arguments, readArguments } from "./arguments";
import { CommandError } from "./error";
import { type Format, FORMATS, formatProblems } from "./format";

/** An option of a command. An option with a `value` is written as `--name <value>`. */
export interface Option {
  /** Placeholder of the value, such as `<file>`. */
  readonly value?: string;
  readonly summary: string;
}

/** A command of the CLI: one file in `lib/commands/` and one line in its index. */
export interface Command {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Usage lines, without the command's name. */
  readonly forms: readonly string[];
  /** Further help, in lines of at most 96 characters. */
  readonly about?: string;
  /** Names of the positional arguments. */
  readonly operands?: readonly string[];
  readonly options?: Readonly<Record<string, Option>>;
  /** Text printed after the usage. */
  readonly appendix?: () => string;
  run(args: Arguments, env: NodeJS.ProcessEnv): void | Promise<void>;
}

/** Options that every command has. */
const COMMON: Readonly<Record<string, Option>> = {
  help: { summary: "Print this message" },
  version: { summary: "Print the version" },
};

/**
 * Runs a command. Exit status 0: success; 1: problems in the configuration; 2: invalid arguments. Errors that the user
 * can fix are printed without a stack trace. Any other error is a bug in this package and keeps its stack trace.
 */
export function runCommand(command: Command, argv: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  let format: Format = "text";
  const fail = (error: unknown) => {
    if (!(error instanceof ConfigurationError || error instanceof CommandError)) throw error;
    if (format === "text" || !(error instanceof ConfigurationError)) printError(error.message);
    else print(formatProblems(error, format));
    process.exitCode = error instanceof CommandError ? error.status : 1;
  };
  try {
    const options = { ...command.options, ...COMMON };
    const args = readArguments(argv, { ...command, options, usage: usageOf(command, env) });
    if (args.has("version") || args.has("help")) {
      print(args.has("version") ? VERSION : usageOf(command, env) + (command.appendix?.() ?? ""));
      return;
    }
    format = checkedFormat(args, command, env);
    command.run(args, env)?.catch((error: unknown) => {
      // Outside the promise, so that an unexpected error ends the process with its stack trace.
      setImmediate(() => fail(error));
    });
  } catch (error) {
    fail(error);
  }
}

/** The command line to show in messages: `npm run <name> --` if the npm script of that name started the command. */
export function calledAs({ name }: Pick<Command, "name">, env: NodeJS.ProcessEnv): string {
  return env.npm_lifecycle_event === name ? `npm run ${name} --` : `datadog-agent-ecs ${name}`;
}

export function usageOf(command: Command, env: NodeJS.ProcessEnv): string {
  const called = calledAs(command, env);
  const forms = command.forms.map(
    (form, index) =>
      `${index === 0 ? "Usage: " : "       "}${form === "" ? called.replace(/ --$/, "") : `${called} ${form}`}`,
  );
  const options = Object.entries({ ...command.options, ...COMMON }).map(
    ([name, { value }]) => `--${name}${value === undefined ? "" : ` ${value}`}`,
  );
  const width = Math.max(...options.map(({ length }) => length));
  const lines = Object.values({ ...command.options, ...COMMON }).map(({ summary }, index) => {
    const [first = "", ...rest] = summary.split("\n");
    return [`  ${(options[index] ?? "").padEnd(width)}  ${first}`, ...rest.map((line) => " ".repeat(width + 4) + line)];
  });
  return [forms.join("\n"), `${command.summary}.`, command.about, lines.flat().join("\n")]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

/** @throws CommandError if the format is unknown */
function checkedFormat(args: Arguments, command: Command, env: NodeJS.ProcessEnv): Format {
  const format = FORMATS.find((each) => each === formatOf(args));
  if (format !== undefined) return format;
  throw usageError(command, env, `--format must be ${FORMATS.join(", ")}.`);
}

/** The requested format, which `runCommand` has checked. */
export function formatOf(args: Arguments): string {
  return args.has("json") ? "json" : (args.value("format") ?? "text");
}

/** An error about the arguments, followed by the usage. */
export function usageError(command: Command, env: NodeJS.ProcessEnv, message: string): CommandError {
  return new CommandError(`${command.name}: ${message}\n\n${usageOf(command, env)}`, 2);
}

/** Unlike `console.log`, reports a failed write, for example to a full disk. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A closed pipe isn't an error: readers such as `head` close it when they have read enough. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.exitCode = 1;
    if (stream === process.stdout) printError(`Can't write to standard output: ${error.message}.`);
  });
}
