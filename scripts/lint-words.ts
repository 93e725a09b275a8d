/**
 * Part of `npm run lint`: refuses the words of words.ts in all tracked files, or in the files that are given.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { findWords } from "./words";

/** Files of others, files that are generated from checked files, and the list itself with its test. */
const SKIPPED = [
  /^LICENSE$/,
  /^package-lock\.json$/,
  /^bench\/vendor-module\//,
  /^clusters\.schema\.json$/,
  /^lib\/configuration\/interfaces\.ts$/,
  /^lib\/core\/ecs-model\.json$/,
  /^lib\/outputs\/terraform-module\/license\.ts$/,
  /^scripts\/words\.ts$/,
  /^__tests__\/(?:app\/lint-words|scripts\/words)\.test\.ts$/,
];

function trackedFiles(): readonly string[] {
  const { status, stdout, stderr } = spawnSync("git", ["ls-files", "-z"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`git ls-files failed: ${stderr}`);
  return stdout.split("\0").filter((file) => file !== "" && !SKIPPED.some((pattern) => pattern.test(file)));
}

const given = process.argv.slice(2);
const files = given.length > 0 ? given : trackedFiles();
const messages = files.flatMap((file) =>
  findWords(readFileSync(file, "utf8")).map(
    ({ line, found, instead }) => `${file}:${line} "${found}": write "${instead}".`,
  ),
);
if (messages.length > 0) {
  process.stderr.write(`${messages.join("\n")}\n\nscripts/words.ts lists the words to avoid.\n`);
  process.exitCode = 1;
}
