/** The commands and their summaries, in the order of use. The file of a command has the command's name. */
export const COMMANDS = {
  init: "Create a project: clusters.yaml and the files to deploy it",
  synth: "Write the stacks, task definition files and Terraform modules of the configuration",
  validate: "Check the configuration and print all problems, without writing files",
  explain: "Print what each setting and feature adds to the Agents of a stack, and why",
  iam: "Print the IAM policy that a deployment of the configuration needs",
  import: "Print a clusters.yaml that reproduces an existing Agent, and the differences",
  module: "Write a Terraform module, for teams without Node.js",
} as const;

/** The commands that create stacks. The package has a separate file for them, because CDKTF takes long to load. */
export const WITH_CDKTF: readonly string[] = ["synth", "iam"];
