import fc from "fast-check";

/**
 * The same inputs in every run. FAST_CHECK_SEED gives others, FAST_CHECK_RUNS more of them. Outside of CI few are
 * tried.
 */
const { CI, FAST_CHECK_RUNS = CI ? "300" : "25", FAST_CHECK_SEED = "1" } = process.env;

fc.configureGlobal({ numRuns: Number(FAST_CHECK_RUNS), seed: Number(FAST_CHECK_SEED) });
jest.setTimeout(60_000);
