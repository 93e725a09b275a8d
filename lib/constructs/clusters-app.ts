import { readFileSync } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import {
  AnnotationMetadataEntryType,
  App,
  DefaultTokenResolver,
  type ISynthesisSession,
  Manifest,
  type StackAnnotation,
  StringConcat,
  type TerraformStack,
  Tokenization,
} from "cdktf";
import { stableJsonOf } from "../app/stable-json";
import { taskFiles } from "../app/task-files";
import type { StackConfiguration } from "../configuration/stacks";
import type { Task } from "../core/assemble";
import { DatadogAgentStack } from "./datadog-agent-stack";

/** Destination of the app's files. */
export interface AppOutput {
  write(path: string, text: string): void;
  /** A folder for temporary files. */
  readonly scratch: string;
}

/** Reports progress. */
export type Progress = (what: string, done: number, total: number) => void;

/** Synthesizes the stacks of a configuration: the manifest, and the Terraform JSON and task definition files of each. */
export function synthesizeStacks(
  configured: readonly StackConfiguration[],
  output: AppOutput,
  progress: Progress,
): readonly DatadogAgentStack[] {
  // Stack traces would add paths of this machine to the output.
  const app = new App({ outdir: output.scratch, stackTraces: false });
  const byName = new Map<string, DatadogAgentStack>();
  const stacks = configured.map((configuration, index) => {
    progress("Stacks created", index, configured.length);
    const stack = new ClustersStack(app, configuration);
    stack.synthesizer = { synthesize: (session) => writeStack(stack, session, output) };
    byName.set(configuration.name, stack);
    return stack;
  });
  for (const { name, dependsOn } of configured) {
    byName.get(name)?.deployAfter(dependsOn.flatMap((other) => byName.get(other) ?? []));
  }
  app.synth();
  output.write(Manifest.fileName, readFileSync(join(app.outdir, Manifest.fileName), "utf8"));

  const resolver = new DefaultTokenResolver(new StringConcat());
  for (const [index, stack] of stacks.entries()) {
    progress("Task definitions written", index, stacks.length);
    const { workingDirectory } = app.manifest.forStack(stack);
    const daemons = stack.daemons.map(({ cluster, daemon }) => ({
      cluster,
      task: Tokenization.resolve(daemon.task, { scope: stack, resolver }) as Task,
    }));
    for (const [file, text] of taskFiles(daemons)) output.write(join(workingDirectory, file), text);
  }
  return stacks;
}

/**
 * Skips the pass in which CDKTF looks for references between stacks: stacks of a configuration have none, and the pass
 * takes a fifth of a large run.
 */
class ClustersStack extends DatadogAgentStack {
  override prepareStack(): void {}
}

/**
 * Does the same as CDKTF's synthesizer for a stack without aspects, except that CDKTF writes the file in place, where a
 * killed run would leave a partial file.
 */
function writeStack(stack: TerraformStack, { manifest }: ISynthesisSession, output: AppOutput): void {
  stack.runAllValidations();
  const entry = manifest.forStack(stack);
  Object.assign(entry, { annotations: annotationsOf(stack) });
  const json = stack.toTerraform() as StackJson;
  const shared = hasStateOutsideFolder(json) ? [withoutBackend(json)] : [];
  const [text = "", sharedText] = stableJsonOf([json, ...shared]);
  output.write(entry.synthesizedStackPath, text);
  if (sharedText !== undefined) output.write(`shared/${stack.node.id}/${FILE}`, sharedText);
}

interface StackJson {
  readonly terraform: {
    readonly backend?: { readonly local?: { readonly path: string } };
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

const FILE = "cdk.tf.json";

/** Whether the local state file is outside the stack's folder: a copy of the folder wouldn't include the state. */
function hasStateOutsideFolder({ terraform: { backend } }: StackJson): boolean {
  const path = backend?.local?.path;
  return path !== undefined && (isAbsolute(path) || /^\.\.(?:[/\\]|$)/.test(normalize(path)));
}

/** The stack for another team's repository: the state is in its folder until the team adds a backend. */
function withoutBackend({ terraform: { backend: _backend, ...terraform }, ...json }: StackJson): StackJson {
  return { ...json, terraform };
}

const WARNINGS: ReadonlySet<string> = new Set([AnnotationMetadataEntryType.WARN]);

/** The warnings of a stack, which the CDKTF CLI prints. Stacks have no other annotations. */
function annotationsOf(stack: TerraformStack): readonly StackAnnotation[] {
  return stack.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => WARNINGS.has(type))
      .map(({ data, trace }) => ({
        constructPath: node.path,
        level: AnnotationMetadataEntryType.WARN,
        message: String(data),
        stacktrace: trace,
      })),
  );
}
