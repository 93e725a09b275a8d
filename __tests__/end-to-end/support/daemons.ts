import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, DefaultTokenResolver, LocalBackend, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { join } from "node:path";
import type { Task } from "../../../lib/core/assemble";
import type { DatadogAgentDaemonProps } from "../../../lib/configuration/interfaces";
import { DatadogAgentDaemon } from "../../../lib/constructs/datadog-agent-daemon";
import { awsCliJson } from "../../../lib/outputs/aws-cli";

export type DaemonProps = Omit<DatadogAgentDaemonProps, "cluster" | "apiKey"> & Partial<DatadogAgentDaemonProps>;

export const CLUSTER = "production";
export const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
export const ROLES = {
  taskRoleArn: "arn:aws:iam::123456789012:role/task",
  executionRoleArn: "arn:aws:iam::123456789012:role/execution",
};

/**
 * Synthesizes many daemons in one stack, because Terraform then reads the provider's schema only once. The family and the
 * service of each daemon have the name of its ID.
 * @param each is called with every daemon
 * @returns the task definition file for the AWS CLI of each daemon
 */
export function synthesizeDaemons(
  folder: string,
  daemons: Readonly<Record<string, DaemonProps>>,
  each: (daemon: DatadogAgentDaemon) => void = () => undefined,
): ReadonlyMap<string, string> {
  const app = new App({ outdir: join(folder, "cdktf.out"), stackTraces: false });
  const stack = new TerraformStack(app, "daemons");
  stack.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" });
  new AwsProvider(stack, "aws");
  new LocalBackend(stack, { path: "terraform.tfstate" });
  const files = Object.entries(daemons).map(([id, props]): [string, string] => {
    const daemon = new DatadogAgentDaemon(stack, id, {
      cluster: CLUSTER,
      apiKey: { secretsManagerArn: SECRET },
      family: id,
      serviceName: id,
      ...props,
    });
    each(daemon);
    const resolver = new DefaultTokenResolver(new StringConcat());
    return [id, awsCliJson(Tokenization.resolve(daemon.task, { scope: stack, resolver }) as Task)];
  });
  app.synth();
  return new Map(files);
}
