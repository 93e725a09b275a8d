import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const ROOT = resolve(__dirname, "../..");
export const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
export const README = read("README.md");

/** The README and every page in docs/, so that a new page is tested, too. */
export const PAGES: readonly string[] = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md") && !file.startsWith("."))
    .map((file) => `docs/${file}`)
    .sort(),
];

export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** For the title of a test. */
  readonly line: number;
}

/** The fenced blocks of a page, in their order. */
export function blocksOf(page: string): readonly Block[] {
  const text = read(page);
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(({ 1: language = "", 2: content = "", index }) => ({
    page,
    language,
    text: content,
    line: text.slice(0, index).split("\n").length,
  }));
}

export const BLOCKS: readonly Block[] = PAGES.flatMap(blocksOf);

/** The blocks of a language on all pages. */
export function blocksIn(language: string): readonly Block[] {
  return BLOCKS.filter((block) => block.language === language);
}
