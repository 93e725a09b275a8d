import { cpSync, linkSync, lstatSync, mkdirSync, readFileSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { ConfigurationError } from "../../core/problem";
import type { Journal, Move } from "./journal";
import { FILE_LIST, MANIFEST, NEXT, PREVIOUS, SCRATCH } from "./layout";
import { fileListText, writtenFiles } from "./file-list";

/** In the output already, to be renamed from the staging folder as a whole, or blocked by a file of that name. */
type FolderState = "exists" | "staged" | "blocked";

/** The next output, compared with the previous one. Only files that differ are written, to the staging folder. */
export class Staging {
  private readonly own: ReadonlySet<string>;
  private readonly paths = new Set<string>();
  private readonly moves = new Map<string, Move>();
  private readonly foreign = new Set<string>();
  /** States of the output's folders, cached by {@link folder}. */
  private readonly folders = new Map<string, FolderState>([[".", "exists"]]);
  /** Folders that exist in the staging folder. */
  private readonly made = new Set<string>();

  /** @param outdir an existing folder, locked by this process */
  constructor(private readonly outdir: string) {
    this.own = writtenFiles(outdir);
    for (const folder of [NEXT, PREVIOUS, SCRATCH]) mkdirSync(join(outdir, folder), { recursive: true });
  }

  /** A folder for temporary files. */
  get scratch(): string {
    return join(this.outdir, SCRATCH);
  }

  /** @param path relative to the output folder */
  write(path: string, text: string): void {
    const file = path.replaceAll(sep, "/");
    const bytes = Buffer.from(text);
    this.paths.add(file);
    const folder = this.folder(dirname(file));
    if (folder === "blocked") return;
    const entry = folder === "exists" ? entryAt(join(this.outdir, file)) : undefined;
    if (entry) {
      if (isSame(join(this.outdir, file), entry, bytes)) return;
      if (!entry.isFile() || !this.own.has(file)) {
        this.foreign.add(file);
        return;
      }
    }
    this.stage(file, bytes);
    if (folder === "exists") this.place(file, entry !== undefined);
  }

  /**
   * The renames and removals to do after all files are written.
   * @param keeps whether a folder stays when it becomes empty
   * @throws ConfigurationError if a file that this package didn't write would be overwritten
   */
  journal(keeps: (folder: string) => boolean): Journal {
    this.write(FILE_LIST, fileListText(this.paths));
    this.refuseForeign();
    const stale = [...this.own].filter(
      (path) => !this.paths.has(path) && entryAt(join(this.outdir, path))?.isFile() === true,
    );
    const removals = stale.map((path, index): Move => ({ from: path, to: `${PREVIOUS}/removed-${index}` }));
    // The manifest comes after the stacks, so that it never names a stack that doesn't exist.
    const last = (path: string) => (path === FILE_LIST ? 2 : path === MANIFEST ? 1 : 0);
    const moves = [...this.moves.values()].sort((a, b) => last(a.to) - last(b.to));
    return {
      moves: [...moves, ...removals],
      emptied: [...new Set(stale.map((path) => dirname(path)))].filter((folder) => !keeps(folder)),
    };
  }

  private stage(file: string, bytes: Buffer): void {
    const target = join(this.outdir, NEXT, file);
    const folder = dirname(target);
    if (!this.made.has(folder)) mkdirSync(folder, { recursive: true });
    this.made.add(folder);
    try {
      writeFileSync(target, bytes);
    } catch (error) {
      // Node.js reports the path if a file can't be opened, but not if it can't be written.
      throw Object.assign(error as Error, { path: target });
    }
  }

  /** Plans the rename of a staged file or folder to the same path in the output. */
  private place(path: string, replaces: boolean): void {
    const move = { from: `${NEXT}/${path}`, to: path };
    const backup = `${PREVIOUS}/replaced-${this.moves.size}`;
    if (replaces) keep(join(this.outdir, path), join(this.outdir, backup));
    this.moves.set(path, replaces ? { ...move, backup } : move);
  }

  private folder(path: string): FolderState {
    const known = this.folders.get(path);
    if (known) return known;
    const parent = this.folder(dirname(path));
    const state = parent === "exists" ? this.look(path) : parent;
    if (state === "staged" && parent === "exists") this.place(path, false);
    this.folders.set(path, state);
    return state;
  }

  /** Follows links: a folder of the output may be a link. */
  private look(path: string): FolderState {
    const entry = statSync(join(this.outdir, path), { throwIfNoEntry: false });
    if (entry === undefined) return "staged";
    if (entry.isDirectory()) return "exists";
    this.foreign.add(path);
    return "blocked";
  }

  private refuseForeign(): void {
    if (this.foreign.size === 0) return;
    throw new ConfigurationError(
      this.outdir,
      [...this.foreign].map((path) => ({
        path: [path],
        message: "would be overwritten, but this command didn't write it. Move the file away.",
      })),
      ({ path }) => join(this.outdir, String(path[0])),
    );
  }
}

/** The file or folder at a path. Doesn't follow links. */
function entryAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** A file with the same content counts as written by this package: its file list may have been lost. */
function isSame(path: string, entry: Stats, bytes: Buffer): boolean {
  return entry.isFile() && entry.size === bytes.length && readFileSync(path).equals(bytes);
}

/** Hard-links a file, or copies it where links aren't possible or, as for other users' files, not allowed. */
function keep(file: string, backup: string): void {
  try {
    linkSync(file, backup);
  } catch {
    cpSync(file, backup, { preserveTimestamps: true });
  }
}
