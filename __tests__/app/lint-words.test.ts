import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

describe("lint-words", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-words-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(text: string) {
    const file = join(folder, "text.md");
    writeFileSync(file, text);
    const args = ["scripts/start.cjs", "lint-words.ts", file];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    return { status, stdout, stderr: stderr.replaceAll(file, "text.md") };
  }

  it("prints each refused word with its file, its line and what to write instead, and fails", () => {
    expect(run("# Title\n\nThe former revision\nis started anew.\n")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        'text.md:3 "former": write "previous or previously".\n' +
        'text.md:4 "anew": write "again or new".\n\n' +
        "scripts/words.ts lists the words to avoid.\n",
    });
  });

  it("prints nothing without such words", () => {
    expect(run("The previous revision is started again.\n")).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
