/** A word or phrase that this project doesn't use, and what to write instead. */
export interface Word {
  /** A regular expression, in which a space also matches a line break within a comment or a string. */
  readonly pattern: string;
  readonly instead: string;
}

/** Phrases that don't sound like AWS's, Terraform's or Datadog's documentation. */
export const WORDS: readonly Word[] = [
  { pattern: String.raw`\bstands?\b(?! (?:for|in for|out|up|by)\b)(?!-)`, instead: "is" },
  { pattern: String.raw`(?<![-\w])alone\b`, instead: "only" },
  { pattern: String.raw`\bmust be off beside\b`, instead: "can't be combined with" },
  { pattern: String.raw`\bbeside\b`, instead: "with, next to or alongside" },
  {
    pattern: String.raw`\bof (?:one's|its|their|our|your|my) own\b(?=$|[.,;:)"']| (?:and|are|as|at|by|can|for|from|has|in|is|it|of|on|or|that|to|which|with)\b)`,
    instead: "its own …, or custom",
  },
  { pattern: String.raw`\bof (?:yours|ours|mine)\b`, instead: "your, our or my" },
  { pattern: String.raw`\banew\b`, instead: "again or new" },
  { pattern: String.raw`\bformer(?:ly)?\b`, instead: "previous or previously" },
  { pattern: String.raw`\b(?:has|have) not(?=[.,;:)]| (?:a|an|any)\b)`, instead: "doesn't have" },
  { pattern: String.raw`\b(?:left|leaves?|leaving) open\b`, instead: "not set, or required variable" },
  {
    pattern: String.raw`\bin the way\b(?! (?:that|in which|of|\w+ (?:is|are|does|do|has|have)\b))`,
    instead: "blocked by",
  },
  { pattern: String.raw`\bis there whatever\b`, instead: "always present" },
  { pattern: String.raw`\bwhatever (?:it|they|that|this) (?:is|are|may be)\b`, instead: "any" },
  { pattern: String.raw`\bwho(?:m|so)?ever\b`, instead: "anyone" },
  { pattern: String.raw`\bfor want of\b`, instead: "because of missing, or when … runs out" },
  { pattern: String.raw`\bround in circles\b`, instead: "dependency cycle: a → b → a" },
  { pattern: String.raw`\btaken? at (?:its|their|your) word\b`, instead: "isn't version-checked" },
  { pattern: String.raw`\bthe first Amazon Linux\b`, instead: "Amazon Linux 1" },
  { pattern: String.raw`\bput(?:s|ting)? out\b`, instead: "outputs or prints" },
  { pattern: String.raw`\ba map its keys lack\b`, instead: "unknown key" },
  { pattern: String.raw`\bon (?:its|their) way to\b`, instead: "before it reaches" },
  { pattern: String.raw`\bhand(?:s|ed|ing)? (?:\w+ )?over\b|\bhand-?over\b`, instead: "share or export" },
];

/** A use of a word. */
export interface Finding {
  /** Counted from 1. */
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** A space, or a line break with the quotes of a string or the markers of a comment. */
const GAP = "(?: |[ \"'`+]*\\n[\\s*#/\"'`]*)";

const COMPILED = WORDS.map(({ pattern, instead }) => ({
  regex: new RegExp(pattern.replaceAll(" ", GAP), "gi"),
  instead,
}));

/** The words in a text that this project doesn't use. */
export function findWords(text: string): readonly Finding[] {
  const findings = COMPILED.flatMap(({ regex, instead }) =>
    [...text.matchAll(regex)].map(({ 0: match, index }) => ({
      line: text.slice(0, index).split("\n").length,
      found: match.replace(/[\s*#/"'`+]+/g, " "),
      instead,
    })),
  );
  return findings.sort((a, b) => a.line - b.line);
}
