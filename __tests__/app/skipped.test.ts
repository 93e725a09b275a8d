import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../end-to-end/support/run";
import { ROOT } from "../support/documents";

describe("a run without Terraform and the emulator", () => {
  const empty = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-skipped-"));
  afterAll(() => rmSync(empty, { recursive: true, force: true }));

  const jest = (...args: string[]) => [
    join(ROOT, "node_modules/jest/bin/jest.js"),
    "--selectProjects",
    "smoke",
    ...args,
  ];
  const INSTALL = `  terraform      https://developer.hashicorp.com/terraform/install (1.5 or later)
  moto_server    pipx install "$(cat __tests__/end-to-end/requirements.txt)"
`;

  it("skips the smoke test and ends with how to install them", async () => {
    const environment = { PATH: empty, CI: "" };
    const { status, stderr } = await run(process.execPath, jest(), { cwd: ROOT, environment });
    expect(status).toBe(0);
    expect(stderr).toContain("1 skipped, 1 total");
    const [before = "", last = ""] = stderr.split("\nSkipped: ");
    expect(before).toMatch(/Ran all test suites\.\n$/);
    expect(last.startsWith(`1 end-to-end test. Install the missing tools:\n${INSTALL}`)).toBe(true);
    expect(last.trimEnd().split("\n")).toHaveLength(4);
  });

  it("fails if CI is set", async () => {
    const environment = { PATH: empty, CI: "true" };
    const { stderr } = await run(process.execPath, jest(), { cwd: ROOT, environment, accept: [1] });
    expect(stderr).toContain("Not found: terraform, moto_server. With CI set, end-to-end tests aren't skipped.");
    expect(stderr).not.toContain("Skipped: ");
  });
});
