import { CommandError } from "./error";

/** Settings of a run that come from environment variables. */
export interface Environment {
  readonly outdir: string;
  /** Whether the CDKTF CLI started the app. It deletes the folders of removed stacks and fails if one is missing. */
  readonly isCdktfCli: boolean;
}

/** An empty variable counts as not set. */
export function clustersFile(env: NodeJS.ProcessEnv): string {
  return env.CLUSTERS_FILE || "clusters.yaml";
}

/** @throws CommandError if `cdktf synth --hcl` requests HCL */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const outdir = env.CDKTF_OUTDIR || "cdktf.out";
  if (env.SYNTH_HCL_OUTPUT === "true" || env.SYNTH_HCL_OUTPUT === "1") {
    throw new CommandError(
      "HCL output (--hcl, SYNTH_HCL_OUTPUT) isn't supported: CDKTF writes invalid HCL for these stacks. " +
        `Use ${outdir}/stacks/<stack>/cdk.tf.json, which Terraform reads directly, ` +
        "or add an entry to `modules` in clusters.yaml for a Terraform module.",
    );
  }
  return {
    outdir,
    isCdktfCli: env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined,
  };
}
