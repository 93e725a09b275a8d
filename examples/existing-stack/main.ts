import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsSecretsmanagerSecret } from "@cdktf/provider-aws/lib/data-aws-secretsmanager-secret";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { DatadogAgentDaemon } from "../../lib";

/** An existing stack with a cluster and a log group for ECS Exec sessions. */
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

    // The additions. The Agent's service refers to the cluster, so Terraform creates the cluster first.
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
