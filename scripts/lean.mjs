import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

/**
 * Patches that remove work of libraries that this app doesn't need. The output stays the same. Each patch is for one file:
 * `edits` replace text that occurs once in the file, and `contents` replaces the whole file, which must contain `has`.
 */
export const patches = [
  {
    // Zips assets, which this app doesn't have. Half of cdktf's load time.
    file: "archiver/index.js",
    has: "module.exports = vending;",
    contents: 'module.exports = () => { throw new Error("This bundle has no archiver."); };',
  },
  {
    // Zod's messages in all languages, a sixth of the bundle. The English ones are loaded separately.
    file: "zod/v4/locales/index.js",
    has: 'export { default as en } from "./en.js";',
    contents: "export {};",
  },
  {
    // Records where each token was created, for errors in an app's code. A third of a large run.
    file: "cdktf/lib/tokens/private/stack-trace.js",
    has: "exports.captureStackTrace = captureStackTrace;",
    contents: "exports.captureStackTrace = () => [];",
  },
  {
    // Resolves every value of every stack, some of them ten times. Half of the remaining time.
    file: "cdktf/lib/tokens/private/resolve.js",
    edits: [
      // Strings without token markers, and numbers that aren't tokens, need no resolving.
      [
        "function resolve(obj, options) {\n",
        'const plain = (value) => typeof value === "string" ? !/Token|[-|.+\\d]e/.test(value) :\n' +
          ' typeof value === "number" ? value > -1e280 : typeof value === "boolean";\n' +
          "function resolve(obj, options) {\n if (plain(obj)) return obj;\n",
      ],
      // The path is only used in error messages.
      ['const pathName = "/" + prefix.join("/");', 'const pathName = { toString: () => "/" + prefix.join("/") };'],
      // Items of a list or map are resolved in its context, without a new one.
      [
        "function makeContext(appendPath) {",
        "const inside = (x, key) => plain(x) ? x : resolve(x, { scope: options.scope, resolver: options.resolver,\n" +
          " preparing: options.preparing, prefix: prefix.concat([key]), previousContext: options.previousContext });\n" +
          "function makeContext(appendPath) {",
      ],
      ["makeContext(`${i}`)[0].resolve(x)", "inside(x, `${i}`)"],
      ["makeContext(key)[0].resolve(obj[key])", "inside(obj[key], key)"],
      ["makeContext()[0].resolve(key)", "resolve(key, options)"],
      ["...options,\n", "scope: options.scope, resolver: options.resolver, preparing: options.preparing,\n"],
    ],
  },
  {
    // Resolves the whole stack again after all of its elements. Overrides of this app have no tokens.
    file: "cdktf/lib/terraform-stack.js",
    edits: [["return (0, _tokens_1.resolve)(this, tf);", "return tf;"]],
  },
];

/** Modules of Node.js that the libraries need for a few functions, which most runs don't call. */
const RARELY_USED = ["crypto", "child_process"];

/** A module that loads another one when a member of it is first read. */
function loadedLater(name) {
  const members = Object.keys(createRequire(import.meta.url)(name));
  const getters = members.map((member) => `get ${member}() { return require("${name}").${member}; }`);
  return `module.exports = { __esModule: true, ${getters.join(", ")} };`;
}

/** Applies the patches. If a file has changed or isn't in the bundle, the build fails and leaves no bundle. */
export const lean = {
  name: "lean",
  setup({ initialOptions: { absWorkingDir = "", outfile }, onLoad, onResolve, onEnd }) {
    const [rarelyUsed, namespace] = [new RegExp(`^(?:${RARELY_USED.join("|")})$`), "loaded-later"];
    onResolve({ filter: rarelyUsed, namespace: "file" }, ({ path, importer }) =>
      importer.includes("node_modules") ? { path, namespace } : undefined,
    );
    onLoad({ filter: rarelyUsed, namespace }, ({ path }) => ({ contents: loadedLater(path) }));
    const files = new Map(patches.map(({ file }) => [file, 0]));
    for (const patch of patches) {
      onLoad({ filter: pathEnd(patch.file) }, ({ path }) => {
        files.set(patch.file, files.get(patch.file) + 1);
        return apply(patch, path);
      });
    }
    onEnd(({ errors }) => {
      const others = [...files].filter(([, count]) => count !== 1);
      // esbuild has already written the bundle.
      if (others.length > 0 && outfile !== undefined) rmSync(resolve(absWorkingDir, outfile), { force: true });
      if (errors.length > 0) return;
      return {
        errors: others.map(([file, count]) => ({
          text: `scripts/lean.mjs patches the file ${file}, which the bundle must have once, but has ${count} times. ${FIX}`,
        })),
      };
    });
  },
};

const FIX = "Compare the library with its previous version, and change or remove the patch.";

function apply({ has, contents, edits = [[has, ""]] }, path) {
  const text = readFileSync(path, "utf8");
  const errors = edits.flatMap(([from]) => {
    const count = text.split(from).length - 1;
    if (count === 1) return [];
    return {
      text: `scripts/lean.mjs expects this text once in ${path}, but found it ${count} times: ${from}\n${FIX}`,
    };
  });
  if (errors.length > 0) return { errors };
  return { contents: contents ?? edits.reduce((before, [from, to]) => before.replace(from, () => to), text) };
}

function pathEnd(file) {
  return new RegExp(`[\\\\/]${file.replaceAll(".", "\\.").replaceAll("/", "[\\\\/]")}$`);
}
