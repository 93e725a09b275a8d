// `npm run bench`: measures synthesizing and planning, each compared with a common alternative.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { appRows } from "./app-rows.mjs";
import { machine } from "./machine.mjs";
import { median } from "./measure.mjs";
import { terraformRows } from "./terraform-rows.mjs";

const HELP = `npm run bench -- [--rounds <number>] [--only <name>]... [--write]

  --rounds <number>  Rounds of each measure (default: 5). A round runs both commands of a pair
  --only <name>      Run only this measure. May be repeated
  --write            Write the table to docs/performance.md`;

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    only: { type: "string", multiple: true },
    write: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const scratch = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-bench-"));
  process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
  const table = await bench(scratch);
  console.log(table);
  if (values.write) writeTable(table);
}

async function bench(scratch) {
  const rounds = Number(values.rounds);
  const all = [...appRows(root, scratch), ...terraformRows(root, scratch)];
  const rows = all.filter(({ name }) => values.only?.includes(name) ?? true);
  if (rows.length === 0 || !(rounds >= 1)) {
    console.error(`--rounds must be at least 1, and --only must be one of ${all.map(({ name }) => name).join(", ")}.`);
    process.exit(1);
  }

  const lines = [];
  for (const row of rows) {
    console.error(`${row.name} …`);
    const reason = await row.unavailable?.();
    lines.push(line(row, reason === undefined ? await measured(row, rounds) : `not available: ${reason}`));
  }
  return [
    `Medians of ${rounds} rounds of CPU time (with children), the ratio taken within each round, on ${machine()}.`,
    "",
    "<!-- prettier-ignore -->",
    "| Measure | Compared with | Result | Goal |",
    "| --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}

async function measured({ ours, theirs, unit }, rounds) {
  const results = [];
  for (let round = 0; round < rounds; round++) {
    const mine = await ours();
    const other = await theirs?.();
    results.push({ mine, other });
  }
  const mine = median(results.map((result) => result.mine));
  if (!theirs) return `${mine.toFixed(0)} ${unit}`;
  const other = median(results.map((result) => result.other));
  const ratio = median(results.map((result) => result.mine / result.other));
  return `${ratio.toFixed(2)} (${seconds(mine)} / ${seconds(other)})`;
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function line({ what, against = "", goal, unit = "" }, result) {
  return `| ${what} | ${against} | ${result.replaceAll("|", "\\|")} | at most ${goal}${unit && ` ${unit}`} |`;
}

function writeTable(table) {
  const file = join(root, "docs/performance.md");
  const text = readFileSync(file, "utf8");
  const filled = text.replace(/(?<=^<!-- bench -->\n)[^]*?(?=^<!-- \/bench -->$)/m, () => `\n${table}\n\n`);
  if (filled === text) {
    throw new Error("docs/performance.md must have the markers <!-- bench --> and <!-- /bench -->");
  }
  writeFileSync(file, filled);
}
