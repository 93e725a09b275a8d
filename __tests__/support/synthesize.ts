import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";

/** The parts of a stack's JSON that tests read. */
export interface StackJson {
  readonly data?: Record<string, Record<string, Record<string, unknown>>>;
  readonly import?: readonly object[];
  readonly locals?: Record<string, unknown>;
  readonly output?: Record<string, { readonly value: unknown }>;
  readonly provider?: Record<string, unknown[]>;
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
  readonly terraform?: Record<string, unknown>;
  readonly variable?: Record<string, Record<string, unknown>>;
}

/** A stack in a custom app, with the constructs that `build` adds. */
export function synthesize(build: (stack: TerraformStack) => void): StackJson {
  const stack = new TerraformStack(Testing.app(), "own");
  new AwsProvider(stack, "aws");
  build(stack);
  return JSON.parse(Testing.synth(stack)) as StackJson;
}

/** The only resource of a type; fails if there are several. */
export function only<Value>(things: Record<string, Value> | undefined): Value {
  const all = Object.values(things ?? {});
  expect(all).toHaveLength(1);
  return all[0] as Value;
}
