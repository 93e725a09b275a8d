/** What a progress line is written to: a terminal, or not. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** A run that is shorter than this needs no explanation. */
const SILENT_MILLISECONDS = 1000;
const REFRESH_MILLISECONDS = 100;

/**
 * A line that says how far a long run is. On anything but a terminal it says nothing.
 * @param now milliseconds of a clock
 * @returns to be called with what is done and how much of it, and in the end without anything
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
