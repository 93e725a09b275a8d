/** The stream that a progress line is written to. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shorter runs print no progress. */
const SILENT_MILLISECONDS = 1000;
const REFRESH_MILLISECONDS = 100;

/**
 * A progress line for long runs. Prints nothing if the stream isn't a terminal.
 * @param now clock in milliseconds
 * @returns a function to call with a label, the number done and the total; without arguments, it clears the line
 */
export function progressLine(terminal: Terminal, now: () => number = () => performance.now()) {
  const started = now();
  let shown = 0;
  return (what?: string, done = 0, total = 0): void => {
    const time = now();
    if (terminal.isTTY !== true) return;
    if (what === undefined) {
      if (shown > 0) terminal.write("\r\u001b[K");
      return;
    }
    if (time - started < SILENT_MILLISECONDS || time - shown < REFRESH_MILLISECONDS) return;
    shown = time;
    terminal.write(`\r\u001b[K${what} ${done}/${total}`);
  };
}
