// Describes the machine, without which the results mean nothing.
import { spawnSync } from "node:child_process";
import { cpus, totalmem } from "node:os";

export function machine() {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const parts = [
    `${processors.length} cores of ${processors[0]?.model.trim() || process.arch}`,
    `${memory} GiB`,
    `${process.platform}`,
    `Node ${process.version.slice(1)}`,
    ...terraform(),
  ];
  return parts.join(", ");
}

function terraform() {
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], { encoding: "utf8" });
  return status === 0 ? [`Terraform ${JSON.parse(stdout).terraform_version}`] : [];
}
