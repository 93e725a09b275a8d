/** Finds the ends of strings and brackets in Terraform expressions. */

/** Closing brackets by their opening brackets. */
export const CLOSE: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The index after a quoted string that begins at an index. */
export function endOfString(code: string, start: number): number {
  let at = start + 1;
  while (at < code.length && code[at] !== '"') {
    if (code[at] === "\\") at += 2;
    else if (/^[$%]\{/.test(code.slice(at, at + 2))) {
      const isEscaped = code[at - 1] === code[at];
      at = isEscaped ? at + 2 : endOfBrackets(code, at + 1);
    } else at++;
  }
  return at + 1;
}

/** The index after the bracket that closes the bracket at an index. */
export function endOfBrackets(code: string, start: number): number {
  let at = start + 1;
  while (at < code.length) {
    const character = code[at] ?? "";
    if (character === '"') at = endOfString(code, at);
    else if (character in CLOSE) at = endOfBrackets(code, at);
    else if (/[)\]}]/.test(character)) return at + 1;
    else at++;
  }
  return at;
}

/** The parts of a template: literal text, and interpolations with `${` and `}`. */
export function partsOfTemplate(template: string): readonly { readonly text: string; readonly isCode: boolean }[] {
  const parts: { text: string; isCode: boolean }[] = [];
  let from = 0;
  let at = 0;
  while (at < template.length) {
    const opening = template.slice(at, at + 2);
    if (opening === "$$" || opening === "%%") at += template[at + 2] === "{" ? 3 : 1;
    else if (opening === "${" || opening === "%{") {
      const end = endOfBrackets(template, at + 1);
      parts.push({ text: template.slice(from, at), isCode: false }, { text: template.slice(at, end), isCode: true });
      at = end;
      from = end;
    } else at++;
  }
  return [...parts, { text: template.slice(from), isCode: false }].filter(({ text }) => text !== "");
}
