const TESTS = "<rootDir>/__tests__";
const SMOKE = `${TESTS}/end-to-end/smoke.test.ts`;

/** @returns {import("jest").InitialProjectOptions} */
const project = (displayName, settings) => ({
  displayName,
  testEnvironment: "node",
  testMatch: [`${TESTS}/${displayName}/**/*.test.ts`],
  // Types are checked by `npm run typecheck`, once, and not again in every test file.
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  moduleNameMapper: { "^\\./(?:.*/)?stack-trace$": `${TESTS}/support/stack-trace.cjs` },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
  ...settings,
});

const slow = { setupFiles: [`${TESTS}/support/slow.ts`] };
const endToEnd = { globalSetup: `${TESTS}/end-to-end/support/global-setup.ts`, ...slow };

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    // Neither a child process nor the network, and at most 5 s a test, which is Jest's default. It has what isn't in the
    // folder of another project.
    project("unit", {
      testMatch: [`${TESTS}/**/*.test.ts`],
      testPathIgnorePatterns: ["app", "contract", "end-to-end", "properties"].map((folder) => `${TESTS}/${folder}/`),
    }),
    // What holds for each declaration in each output: every setting, option, rule and host.
    project("contract"),
    // Inputs that fast-check makes.
    project("properties", { setupFiles: [`${TESTS}/properties/setup.ts`] }),
    // Commands, packages and bundles as a user has them.
    project("app", { globalSetup: `${TESTS}/support/bundle.ts`, ...slow }),
    // Real Terraform with the real provider, against an emulator; one test of it goes with the fast ones.
    project("smoke", { testMatch: [SMOKE], ...endToEnd }),
    project("end-to-end", { testPathIgnorePatterns: [SMOKE], ...endToEnd }),
  ],
  reporters: ["default", "<rootDir>/scripts/skipped-reporter.cjs"],
  coverageProvider: "v8",
  coverageReporters: ["text"],
  collectCoverageFrom: ["lib/**/*.ts"],
  // The end-to-end suites wait for Terraform much of their time: one on every core, the last one too.
  maxWorkers: "100%",
  // A worker that has collected 500 MB of garbage takes longer to end than Jest waits for it, and then looks like a leak.
  workerIdleMemoryLimit: "250MB",
};
