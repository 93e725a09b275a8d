// `node scripts/release-notes.cjs v1.2.3` prints the section of the changelog, and fails where the tag isn't the version of
// package.json or the changelog has no such section.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

/** @returns the text below the heading of a version; undefined if there is none, or nothing below it */
function sectionOf(changelog, version) {
  const [, ...sections] = changelog.split(/^(?=## )/m);
  const section = sections.find((text) => {
    const [heading = ""] = text.split("\n");
    // In parentheses are the date and links, with the previous version.
    return heading
      .replace(/\(.*/, "")
      .split(/[\s[\]]+/)
      .includes(version);
  });
  return section?.split("\n").slice(1).join("\n").trim() || undefined;
}

function main(tag = "") {
  const read = (file) => readFileSync(join(__dirname, "..", file), "utf8");
  const { version } = JSON.parse(read("package.json"));
  if (tag !== `v${version}`) throw new Error(`The tag ${tag} is not that of package.json, v${version}.`);
  const section = sectionOf(read("CHANGELOG.md"), version);
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}.`);
  console.log(section);
}

module.exports = { sectionOf };

if (require.main === module) main(process.argv[2]);
