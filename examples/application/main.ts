import type { Volume } from "@aws-sdk/client-ecs";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { DatadogAgentDaemon } from "../../lib";

/** An Agent on every instance of a cluster, and an application that reaches it over UNIX sockets. */
const app = new App({ outdir: process.env.CDKTF_OUTDIR ?? "dist/examples/application" });
const stack = new TerraformStack(app, "shop");
new AwsProvider(stack, "aws");
// The provider package pins one version. All of these versions work.
stack.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: ">= 5.85.0, < 7.0.0" });

const cluster = new TerraformVariable(stack, "cluster", {
  type: "string",
  description: "Name or ARN of the ECS cluster.",
}).stringValue;
const secretsManagerArn = new TerraformVariable(stack, "api_key_secret_arn", {
  type: "string",
  description: "Full ARN of the Secrets Manager secret with the Datadog API key.",
}).stringValue;

const daemon = new DatadogAgentDaemon(stack, "datadog_agent", {
  cluster,
  apiKey: { secretsManagerArn },
  features: { apm: { port: false, socket: true }, dogstatsd: { port: false, socket: true }, logs: true },
});

const { containerDefinition, volumes } = daemon.instrument(
  {
    name: "web",
    image: "public.ecr.aws/nginx/nginx:stable",
    essential: true,
    memory: 128,
    portMappings: [{ containerPort: 80, hostPort: 0, protocol: "tcp" }],
  },
  {
    service: "shop",
    env: "production",
    version: "1.0.0",
    logs: {
      source: "nginx",
      processingRules: [{ type: "exclude_at_match", name: "health_checks", pattern: "ELB-HealthChecker" }],
    },
    checks: { nginx: { instances: [{ nginx_status_url: "http://%%host%%:80/nginx_status" }] } },
  },
);

const taskDefinition = new EcsTaskDefinition(stack, "shop_task_definition", {
  family: "shop",
  requiresCompatibilities: ["EC2"],
  networkMode: "bridge",
  containerDefinitions: JSON.stringify([containerDefinition]),
  volume: volumes.map(({ name = "", host }: Volume) => ({ name, hostPath: host?.sourcePath })),
});
new EcsService(stack, "shop_service", {
  name: "shop",
  cluster,
  taskDefinition: taskDefinition.arn,
  desiredCount: 1,
  launchType: "EC2",
});

app.synth();
