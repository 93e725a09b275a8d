/** Working folder of a run. It is in the output folder, because files can only be renamed within one file system. */
export const WORK = ".staged";

/** New files, at their final paths, until all of them are written. */
export const NEXT = `${WORK}/next`;

/** Replaced and removed files, until all renames are done. */
export const PREVIOUS = `${WORK}/previous`;

/** Files that CDKTF writes for itself. */
export const SCRATCH = `${WORK}/scratch`;

/** The renames that turn the previous output into the next. While this file exists, they aren't finished. */
export const JOURNAL = `${WORK}/journal.json`;

/** The same file after a rename failed: the renames have to be undone. */
export const UNDO = `${WORK}/undo.json`;

/** The list of files that the last run wrote. Any other file belongs to someone else. */
export const FILE_LIST = ".files.json";

/** CDKTF's list of stacks. */
export const MANIFEST = "manifest.json";
