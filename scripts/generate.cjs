// The model of the ECS API comes first, because the schemas depend on it.
const { spawnSync } = require("node:child_process");
const { join } = require("node:path");

const given = process.argv.slice(2);
if (given.every((argument) => argument === "--check")) {
  const { status } = spawnSync(process.execPath, [join(__dirname, "ecs-model.mjs"), ...given], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
process.argv.splice(2, 0, "generate.ts");
require("./start.cjs");
