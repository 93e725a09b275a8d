// Loads a bundle with the code that V8 compiled for an earlier run: compiling is a fifth of a small run.
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { Module, enableCompileCache } = require("node:module");
const { basename, dirname, join } = require("node:path");
const { constants, Script } = require("node:vm");

/**
 * Like `require`, for a CommonJS file.
 * @param {string} file an absolute path
 * @param {string} folder where compiled code is kept; other folders than the user's own aren't safe
 * @returns {any} what the file exports
 */
exports.requireCached = (file, folder) => {
  // Node.js has its own cache from 22.8 on.
  if (enableCompileCache !== undefined) {
    enableCompileCache(folder);
    return require(file);
  }
  // V8 compares versions, but of the source only its length.
  const name = `${basename(file)}-${statSync(file).mtimeMs}-${process.version}-${process.arch}`;
  const cachedData = read(join(folder, name));
  // esbuild writes other characters than ASCII only in comments, and V8 is faster with one byte per character.
  const script = new Script(Module.wrap(readFileSync(file, "latin1")), {
    filename: file,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  // At the end, so that the functions that ran are included.
  if (cachedData === undefined || script.cachedDataRejected) {
    process.once("exit", () => write(folder, name, script.createCachedData()));
  }
  const module = new Module(file);
  module.filename = file;
  script
    .runInThisContext()
    .call(module.exports, module.exports, Module.createRequire(file), module, file, dirname(file));
  return module.exports;
};

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Replaces the code of other versions of the file. Does nothing if the folder can't be written. */
function write(folder, name, data) {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = join(folder, `${process.pid}`);
    writeFileSync(temporary, data);
    renameSync(temporary, join(folder, name));
    const [bundle] = name.split("-");
    for (const other of readdirSync(folder)) {
      if (other.startsWith(`${bundle}-`) && other !== name) rmSync(join(folder, other), { force: true });
    }
  } catch {
    // The next run compiles again.
  }
}
