import { withHints } from "../core/hints";
import { asInApi, ecsFields, ecsShapeWithout } from "../core/ecs-model";
import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { empty, equals, given, hostHas, implies, not, or } from "../core/term";

/** Fields of the API's container definition that have their own setting, by field. */
const OWNED: Readonly<Record<string, string>> = {
  command: "command",
  cpu: "cpu",
  dockerLabels: "dockerLabels",
  dockerSecurityOptions: "dockerSecurityOptions",
  entryPoint: "entryPoint",
  environment: "environment",
  environmentFiles: "environmentFiles",
  extraHosts: "extraHosts",
  healthCheck: "healthCheck",
  image: "image",
  logConfiguration: "logConfiguration",
  memory: "memoryMiB",
  memoryReservation: "memoryReservationMiB",
  mountPoints: "mounts",
  portMappings: "ports",
  privileged: "privileged",
  readonlyRootFilesystem: "readonlyRootFilesystem",
  repositoryCredentials: "repositoryCredentials",
  restartPolicy: "restartPolicy",
  secrets: "secrets",
  stopTimeout: "stopTimeoutSeconds",
  systemControls: "systemControls",
  ulimits: "ulimits",
  user: "user",
};

/** Fields with a fixed value. */
const FIXED: Readonly<Record<string, string>> = {
  essential: "can't be set: the Agent's container is always essential.",
  name: "can't be set: the Agent's container is always named datadog-agent.",
};

const movedTo = (owned: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(owned).map(([member, key]) => [member, `is set by \`${key}\`. Move it there.`]));

const OWNED_PARAMETERS = ["capabilities", "initProcessEnabled"];

const linuxParameters = withHints(ecsShapeWithout("LinuxParameters", OWNED_PARAMETERS), {
  keys: {
    capabilities: "is set by `capabilities` and `dropCapabilities`. Move it there.",
    ...movedTo({ initProcessEnabled: "initProcessEnabled" }),
  },
});

const EXCLUDED = [...Object.keys(OWNED), ...Object.keys(FIXED)];

const { linuxParameters: _ofApi, ...fields } = ecsFields("ContainerDefinition", "containerDefinition", EXCLUDED);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html */
export const containerDefinition = defineSetting({
  summary: "Other fields of the Agent's container definition, as in the ECS API",
  of: "daemon",
  schema: withHints(
    asInApi(
      "ContainerDefinition",
      ecsShapeWithout("ContainerDefinition", EXCLUDED).extend({
        linuxParameters: linuxParameters.optional().describe("Other Linux parameters"),
        startTimeout: integer(2, 120, "seconds")
          .optional()
          .describe("Seconds to wait for the containers in `dependsOn`"),
      }),
    ),
    { keys: { ...movedTo(OWNED), ...FIXED } },
  ).default({}),
  rules: [
    ...["dnsServers", "dnsSearchDomains"].flatMap((member) => [
      {
        at: `containerDefinition.${member}`,
        holds: or(empty(`containerDefinition.${member}`), not(equals("networkMode", "awsvpc"))),
        must: "can't be combined with `networkMode` awsvpc: ECS doesn't support it there.",
      },
      {
        at: `containerDefinition.${member}`,
        holds: or(empty(`containerDefinition.${member}`), hostHas("linux-containers")),
        must: "can't be set on the host {host}: ECS doesn't support it for Windows containers.",
      },
    ]),
    {
      at: "containerDefinition.hostname",
      holds: implies(given("containerDefinition.hostname"), not(equals("networkMode", "awsvpc"))),
      must: "can't be combined with `networkMode` awsvpc: ECS doesn't support it there.",
    },
    {
      at: "containerDefinition.links",
      holds: or(empty("containerDefinition.links"), not(given("networkMode")), equals("networkMode", "bridge")),
      must: "needs `networkMode` bridge, got {networkMode}.",
    },
    {
      at: "containerDefinition.linuxParameters",
      holds: or(empty("containerDefinition.linuxParameters"), hostHas("linux-containers")),
      must: "can't be set on the host {host}: ECS doesn't support it for Windows containers.",
    },
  ],
  container: {
    ...fields,
    linuxParameters: ecsFields("LinuxParameters", "containerDefinition.linuxParameters", OWNED_PARAMETERS),
  },
  module: { asInApi: true },
});
