/**
 * Writes the documentation to dist/docs: the README and docs/ as a site, and the API below it. Other arguments than a
 * folder: `--base /path/`, for a site that isn't at the root of its host.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { build } from "vitepress";

const ROOT = join(import.meta.dirname, "..");

const { values } = parseArgs({
  options: { out: { type: "string", default: join(ROOT, "dist/docs") }, base: { type: "string", default: "/" } },
});
const out = resolve(values.out);

// Vite finds its packages from where the pages are, so they can't be outside of the project.
const site = join(ROOT, "dist/site");

const inDocs = readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" });
const pages = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "examples/README.md"],
  ...inDocs.flatMap((file) => (file.endsWith(".md") ? [`docs/${file}`] : [])),
];

/** A folder's README is its index there. */
const asIndex = (path) => path.replace(/(^|\/)README\.md/, "$1index.md");

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A page with links that work on the site. Files that are no pages are copied to it, as text. */
function page(path) {
  const [code, text] = [/(^```[^]*?^```$|`[^`\n]*`)/m, readFileSync(join(ROOT, path), "utf8")];
  return text
    .split(code)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/(?<=\]\()(?!#|https?:)([^)#]+)/g, linkFrom(path))))
    .join("");
}

const linkFrom = (path) => (link) => {
  const target = join(dirname(path), link);
  if (pages.includes(target)) return asIndex(link);
  if (!existsSync(join(ROOT, target))) throw new Error(`${path} links to ${link}, which doesn't exist.`);
  const copy = join(site, "public", `${target}.txt`);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(ROOT, target), copy);
  return `${link}.txt`;
};

rmSync(site, { recursive: true, force: true });
cpSync(join(ROOT, "docs/.vitepress"), join(site, ".vitepress"), { recursive: true });
for (const path of pages) write(join(site, asIndex(path)), page(path));

await build(site, { outDir: out, base: values.base });

const typedoc = join(ROOT, "node_modules/typedoc/bin/typedoc");
const { status } = spawnSync(process.execPath, [typedoc, "--out", join(out, "api")], { cwd: ROOT, stdio: "inherit" });
process.exitCode = status ?? 1;
