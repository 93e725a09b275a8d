/**
 * Runs all checks that a change must pass, fastest first. Stops at the first failure.
 */
import { spawnSync } from "node:child_process";

const steps = ["run lint", "run typecheck", "run generate -- --check", "run synth", "test", "run test:rest"];

for (const step of steps) {
  console.log(`== npm ${step}`);
  const started = performance.now();
  const { status } = spawnSync(`npm ${step}`, { shell: true, stdio: "inherit" });
  console.log(
    `== npm ${step} ${status === 0 ? "took" : "failed after"} ${Math.round((performance.now() - started) / 1000)} s`,
  );
  if (status !== 0) process.exit(1);
}
