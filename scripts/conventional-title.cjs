// `node scripts/conventional-title.cjs "feat: add something"` fails where the title isn't one from which release-please makes
// a version and a line of the changelog.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const LONGEST = 100;

/** @returns what is wrong with a title; undefined if nothing is */
function wrongWith(title, types) {
  const [, type, subject] = /^([a-z]+)(?:\([a-z0-9-]+\))?!?: (.*)$/.exec(title) ?? [];
  if (type === undefined) return "It must be a type, a colon and a sentence, such as `fix: quote the name of a file`.";
  if (!types.includes(type)) return `The type ${type} is not one of ${types.join(", ")}.`;
  if (!/^[^\sA-Z].*[^\s.]$/.test(subject))
    return "The sentence must begin with a small letter and end without a period.";
  if (title.length > LONGEST) return `It must have at most ${LONGEST} characters, and has ${title.length}.`;
  return undefined;
}

/** The types that release-please knows. */
function typesIn(config) {
  return config["changelog-sections"].map(({ type }) => type);
}

function main(title = "") {
  const file = join(__dirname, "../release-please-config.json");
  const wrong = wrongWith(title, typesIn(JSON.parse(readFileSync(file, "utf8"))));
  if (wrong === undefined) return;
  console.error(`${JSON.stringify(title)} can't be the title of a change. ${wrong}`);
  process.exitCode = 1;
}

module.exports = { wrongWith, typesIn };

if (require.main === module) main(process.argv[2]);
