// Jest supports `testTimeout` only for all projects.
jest.setTimeout(300_000);
