import { nextSteps } from "../lib/app/next-steps";

const stack = (id: string, ...variables: string[]) => ({ node: { id }, variables });

describe("nextSteps", () => {
  it("prints where the output is, the required variables, and the next command", () => {
    const stacks = [stack("a", "cluster", "api_key_secret_arn"), stack("b", "api_key_secret_arn")];
    expect(nextSteps("out", stacks, [{ name: "agent" }], true).split("\n")).toEqual([
      "Wrote 2 stacks to out/stacks and 1 module to out/modules.",
      "Set TF_VAR_cluster (a).",
      "Set TF_VAR_api_key_secret_arn.",
      "Next: npx cdktf deploy a b",
    ]);
  });

  it("abbreviates many stacks", () => {
    const stacks = ["a", "b", "c", "d", "e"].map((id) => stack(id, ...(id === "e" ? [] : ["cluster"])));
    expect(nextSteps("out", stacks, [], true).split("\n")).toEqual([
      "Wrote 5 stacks to out/stacks.",
      "Set TF_VAR_cluster (a, b, c and 1 more).",
      "Next: npx cdktf deploy '*'",
    ]);
  });

  it.each([
    [["a"], "cd out/stacks/a && terraform init && terraform apply"],
    [["a", "b"], "cd out/stacks/<stack> && terraform init && terraform apply"],
  ])("names Terraform outside of a CDKTF project: %j", (ids, command) => {
    expect(
      nextSteps(
        "out",
        ids.map((id) => stack(id)),
        [],
        false,
      ),
    ).toContain(`\nNext: ${command}`);
  });

  it("has no next command if there are only modules", () => {
    expect(nextSteps("out", [], [{ name: "agent" }], true)).toBe("Wrote 1 module to out/modules.");
  });
});
