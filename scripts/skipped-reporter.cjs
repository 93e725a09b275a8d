/**
 * Prints how many end-to-end tests were skipped, and how to install the missing tools. Waits for the end of the process,
 * because Jest prints its summary after the reporters.
 */
module.exports = class SkippedReporter {
  onRunComplete(_projects, { testResults }) {
    const skippedIn = (part) =>
      testResults
        .filter(({ testFilePath }) => testFilePath.includes(part))
        .reduce((sum, { numPendingTests }) => sum + numPendingTests, 0);
    const sayAtTheEnd = (skipped, what, hint) => {
      if (!hint || skipped === 0) return;
      const tests = `${skipped} ${what} test${skipped === 1 ? "" : "s"}`;
      process.once("exit", () => process.stderr.write(`\nSkipped: ${tests}. Install the missing tools:\n${hint}\n`));
    };
    sayAtTheEnd(
      skippedIn("app/site.test"),
      "documentation site",
      "  chromium       apt-get install chromium, or Google Chrome",
    );
    sayAtTheEnd(skippedIn("end-to-end"), "end-to-end", process.env.END_TO_END_HINT);
  }
};
