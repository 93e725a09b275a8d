import { parseArgs } from "node:util";
import { describe } from "../core/problem";
import type { Option } from "./command";
import { CommandError } from "./error";

/** The arguments that a command accepts. */
interface Syntax {
  readonly name: string;
  /** Printed below an error. */
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly operands?: readonly string[];
}

export interface Arguments {
  /** Whether the option was given. */
  has(option: string): boolean;
  value(option: string): string | undefined;
  readonly operands: readonly string[];
}

/**
 * Parses the arguments of a command. `--help` and `--version` take precedence over errors.
 * @throws CommandError with the usage, if an argument is unknown or an option's value is missing
 */
export function readArguments(args: readonly string[], syntax: Syntax): Arguments {
  const { operands: names = [], options: known } = syntax;
  const { tokens } = parseArgs({
    args: [...args],
    options: {
      ...Object.fromEntries(
        Object.entries(known).map(([name, { value }]) => [name, value === undefined ? FLAG : OPTION]),
      ),
      help: { ...FLAG, short: "h" },
    },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const errors: string[] = [];
  const given = new Map<string, string>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "option") {
      const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
      const takesValue = option?.value !== undefined;
      if (option !== undefined && takesValue && !token.value) errors.push(`${token.rawName} needs ${option.value}.`);
      else if (option !== undefined && takesValue === (token.value !== undefined))
        given.set(token.name, token.value ?? "");
      else errors.push(`unknown argument ${describe(args[token.index] ?? token.rawName)}.`);
    } else if (token.kind === "positional") {
      if (operands.length < names.length) operands.push(token.value);
      else errors.push(`unknown argument ${describe(token.value)}.`);
    }
  }
  if (errors[0] !== undefined && !given.has("help") && !given.has("version")) {
    throw new CommandError(`${syntax.name}: ${errors[0]}\n\n${syntax.usage}`, 2);
  }
  return { has: (option) => given.has(option), value: (option) => given.get(option), operands };
}

const FLAG = { type: "boolean" } as const;
const OPTION = { type: "string" } as const;
