/**
 * Everything that a change has to pass, in the order in which it fails fastest. It stops at the first that fails.
 */
import { spawnSync } from "node:child_process";

const steps = ["run lint", "run typecheck", "run generate -- --check", "run synth", "test"];

for (const step of steps) {
  console.log(`== npm ${step}`);
  const started = performance.now();
  const { status } = spawnSync(`npm ${step}`, { shell: true, stdio: "inherit" });
  console.log(
    `== npm ${step} ${status === 0 ? "took" : "failed after"} ${Math.round((performance.now() - started) / 1000)} s`,
  );
  if (status !== 0) process.exit(1);
}
