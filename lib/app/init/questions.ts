import type { Readable, Writable } from "node:stream";
import type { Catalog } from "../../core/catalog";
import { SITES } from "../../core/sites";
import { CommandError } from "../error";
import type { Account } from "./account";
import { type Answers, DEFAULTS } from "./answers";

/** The terminal that the prompts use. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** Asks for every value that `given` doesn't have. */
export async function askFor(
  catalog: Catalog,
  given: Partial<Answers>,
  account: (region: string | undefined) => Promise<Account>,
  terminal: Terminal,
): Promise<Answers> {
  // An ES module: CommonJS can only load it with a dynamic import.
  const { autocomplete, isCancel, multiselect, select, text } = await import("@clack/prompts");

  /** @throws CommandError if the user cancels */
  async function answer<Value>(asked: Promise<Value>): Promise<Exclude<Value, symbol>> {
    const value = await asked;
    if (isCancel(value)) throw new CommandError("Cancelled. Nothing was written.");
    return value as Exclude<Value, symbol>;
  }

  /** A menu if there are values to choose from, otherwise a text field. */
  async function oneOf(message: string, values: readonly string[]): Promise<string | undefined> {
    if (values.length === 0) return blank(await answer(text({ message, placeholder: NONE, ...terminal })));
    const none = { value: "", label: "None of these (set it when you deploy)" };
    const options = [...values.map((value) => ({ value, label: value })), none];
    return blank(await answer(autocomplete({ message, options, ...terminal })));
  }

  const { name = DEFAULTS.name } = given;
  const region = given.region ?? blank(await answer(text({ message: "AWS region", placeholder: NONE, ...terminal })));
  const { clusters, secretArns } = await account(region);
  const cluster = given.cluster ?? (await oneOf("ECS cluster", clusters));
  const site =
    given.site ??
    (await answer(select({ message: "Datadog site", options: SITES.map((value) => ({ value })), ...terminal })));
  const secretArn = given.secretArn ?? (await oneOf("ARN of the Secrets Manager secret with the API key", secretArns));
  const features =
    given.features ??
    (await answer(
      multiselect({
        message: "Features",
        options: Object.entries(catalog.features).map(([value, { summary }]) => ({ value, hint: summary })),
        initialValues: [...DEFAULTS.features],
        required: false,
        ...terminal,
      }),
    ));
  return { name, cluster, region, site, secretArn, features };
}

const NONE = "Leave empty to set it when you deploy";

function blank(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}
