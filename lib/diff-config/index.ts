import { hosts } from "../hosts";
import { clustersYaml } from "./accept";
import { complete } from "./complete";
import { type Definition, readDefinition } from "./definition";
import { differencesBetween, factsOfCluster } from "./differences";
import { type Facts, factsOf } from "./facts";
import { recognizeFeatures, variablePath } from "./features";
import { recognizeHost } from "./host";
import { reasonOf } from "./reasons";
import { mayBeSecret } from "./secrets";
import { type Entry, recognizeSettings } from "./settings";
import { comments, differenceLines } from "./text";

/**
 * The clusters.yaml that reproduces a task definition, with all that is another there as comments at its end.
 * @param text what `aws ecs describe-task-definition` prints, or a file for `aws ecs register-task-definition`
 * @param file its name in the errors
 * @throws ConfigurationError where the text is no task definition of an Agent
 */
export function diffConfig(text: string, file: string): string {
  const definition = readDefinition(text, file);
  const host = recognizeHost(definition);
  const there = factsOf(definition, hosts[host]);
  const recognized = recognizeFeatures(there, host);
  const { entry, cluster, refusals } = complete(recognizeSettings(definition, there, host, recognized), there);
  const differences = differencesBetween(there, factsOfCluster(cluster));
  const reason = reasonOf({ there, cluster, recognized, refusals });
  return `# yaml-language-server: $schema=./clusters.schema.json
${clustersYaml(entry)}${comments(openKeys(entry, definition, there), "    ")}

${comments([...differenceLines(differences, reason), "", ...GO_ON])}
`;
}

/** Keys of the cluster that only its people can give. */
function openKeys({ apiKey }: Entry, { taskDefinitionArn }: Definition, there: Facts): readonly string[] {
  const isKey = there.has(variablePath("DD_API_KEY"));
  return [
    "cluster: <name of the ECS cluster>",
    ...(apiKey === undefined
      ? [
          `${isKey ? "The API key is in the task definition, readable for many. " : ""}Put the key into a secret, and name it here:`,
          'apiKey: { secretsManagerArn: "<full ARN of the secret>" }',
        ]
      : []),
    ...(taskDefinitionArn !== undefined && !mayBeSecret(taskDefinitionArn) && /^arn:[\w:/-]+$/.test(taskDefinitionArn)
      ? [`adopt: { serviceArn: "<ARN of the running service>", taskDefinitionArn: "${taskDefinitionArn}" }`]
      : []),
  ];
}

const GO_ON = [
  "To go on: save this as clusters.yaml and fill in what is left open above. The key `adopt` takes over the service that",
  "runs already and its task definition. `npm run synth` writes the stack, `terraform plan` shows what it changes.",
];
