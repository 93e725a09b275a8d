import { integer } from "../core/schema";
import { defineSetting } from "../core/setting";
import { from } from "../core/term";

const ALTERNATIVES =
  "Use `minimumHealthyPercent` to keep Agents running, `waitForSteadyState` to stop at a failed deployment, and waves of stacks.";

/** @see https://github.com/aws/aws-cdk/issues/38102 */
const NO_CIRCUIT_BREAKER =
  "doesn't apply to daemons: ECS computes the circuit breaker's threshold from the desired count, which a daemon " +
  `service doesn't have. ${ALTERNATIVES}`;

const NO_ALARMS =
  "aren't supported: after a rollback by ECS the service would differ from Terraform's state, and the next apply would " +
  `deploy the failed task definition again. ${ALTERNATIVES}`;

export const minimumHealthyPercent = defineSetting({
  summary:
    "Minimum percentage of Agents that keep running during a deployment; above 0, a cluster with one instance can't deploy, because the old Agent keeps the host ports",
  of: "daemon",
  insteadOf: {
    circuitBreaker: NO_CIRCUIT_BREAKER,
    deploymentCircuitBreaker: NO_CIRCUIT_BREAKER,
    deployment_circuit_breaker: NO_CIRCUIT_BREAKER,
    alarms: NO_ALARMS,
  },
  schema: integer(0, 99, "percent").default(0),
  service: { deploymentMinimumHealthyPercent: from("minimumHealthyPercent") },
  notImported: "a task definition doesn't contain service settings",
});
