import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DatadogAgentDaemon } from "../../lib";

/** A stack that was there before the Agent, with a cluster of its own and a log of what people do in containers. */
class PlatformStack extends TerraformStack {
  constructor(app: App) {
    super(app, "platform");
    new AwsProvider(this, "aws", { region: "eu-west-1" });
    const sessions = new CloudwatchLogGroup(this, "sessions", { name: "/ecs/sessions", retentionInDays: 30 });
    const cluster = new EcsCluster(this, "cluster", {
      name: "platform",
      configuration: {
        executeCommandConfiguration: {
          logging: "OVERRIDE",
          logConfiguration: { cloudWatchLogGroupName: sessions.name },
        },
      },
    });

    // All that is new. The Agent's service refers to the cluster, so Terraform creates the cluster first.
    const secret = new DataAwsSecretsmanagerSecret(this, "api_key", { name: "datadog" });
    new DatadogAgentDaemon(this, "datadog_agent", {
      cluster: cluster.arn,
      apiKey: { secretsManagerArn: secret.arn },
      features: { apm: true, dogstatsd: { socket: true }, logs: { collectAll: false } },
      enableExecuteCommand: true,
    });
  }
}

const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? "dist/examples/existing-stack" });
new PlatformStack(app);
app.synth();
