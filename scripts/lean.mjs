import { readFileSync } from "node:fs";

/**
 * What libraries do for others and this app has no use for. The output is the same without it. Versions are pinned, and
 * where a file isn't what it was, the build says so.
 */
export const lean = {
  name: "lean",
  setup({ onLoad }) {
    const replace = (file, contents) => onLoad({ filter: pathEnd(file) }, () => ({ contents }));
    const edit = (file, ...edits) =>
      onLoad({ filter: pathEnd(file) }, ({ path }) => ({
        contents: edits.reduce(replaceOnce, readFileSync(path, "utf8")),
      }));

    // Half of the time that cdktf takes to load: it zips assets, in a process of its own. There are none here.
    replace(
      "archiver/index.js",
      'module.exports = () => { throw new Error("There is no archiver in this bundle."); };',
    );
    // A sixth of the bundle: zod's messages in all languages. The English ones are loaded on their own.
    replace("zod/v4/locales/index.js", "export {};");
    // A third of a large run: where each token was created, for messages about mistakes in an app's own code.
    replace("cdktf/lib/tokens/private/stack-trace.js", "exports.captureStackTrace = () => [];");
    // Half of what then remains: every value of every stack comes through here, some of them ten times.
    edit(
      "cdktf/lib/tokens/private/resolve.js",
      // Text without the marks of a token, of text or of a number, is what it is; so are numbers that are no tokens.
      [
        "function resolve(obj, options) {\n",
        'const plain = (value) => typeof value === "string" ? !/Token|[-|.+\\d]e/.test(value) :\n' +
          ' typeof value === "number" ? value > -1e280 : typeof value === "boolean";\n' +
          "function resolve(obj, options) {\n if (plain(obj)) return obj;\n",
      ],
      // The path is only for messages.
      ['const pathName = "/" + prefix.join("/");', 'const pathName = { toString: () => "/" + prefix.join("/") };'],
      // What is in a list or a map is resolved in the context of the list or the map; it needs none of its own.
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
    );
    // The whole of a stack is resolved once more after all of its elements were; its overrides have no tokens.
    edit("cdktf/lib/terraform-stack.js", ["return (0, _tokens_1.resolve)(this, tf);", "return tf;"]);
  },
};

function pathEnd(file) {
  return new RegExp(`[\\\\/]${file.replaceAll(".", "\\.").replaceAll("/", "[\\\\/]")}$`);
}

function replaceOnce(text, [from, to]) {
  if (text.split(from).length !== 2) throw new Error(`Not found once: ${from}`);
  return text.replace(from, () => to);
}
