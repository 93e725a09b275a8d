/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["**/__tests__/**/*.test.ts"],
  // Types are checked by `npm run typecheck`, once, and not again in every test file.
  transform: { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }] },
  globalSetup: "./__tests__/end-to-end/support/global-setup.ts",
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
  // The end-to-end suites wait for Terraform much of their time: one on every core, the last one too.
  maxWorkers: "100%",
  testTimeout: 300_000,
};
