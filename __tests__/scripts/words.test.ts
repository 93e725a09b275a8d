import { findWords, WORDS } from "../../scripts/words";

const REFUSED: readonly (readonly [text: string, instead: string])[] = [
  ["A value that stands in the file", "is"],
  ["Where the key stands.", "is"],
  ["Terraform alone knows it", "only"],
  ["must be off beside the FIPS proxy", "can't be combined with"],
  ["a proxy beside the Agent", "with, next to or alongside"],
  ["a registry of one's own", "its own …, or custom"],
  ["must have a service of its own in its cluster", "its own …, or custom"],
  ["a folder of its own", "its own …, or custom"],
  ["a key of yours", "your, our or my"],
  ["stopped and started anew", "again or new"],
  ["the former revision", "previous or previously"],
  ["Formerly this was a list", "previous or previously"],
  ["fields that ours has not.", "doesn't have"],
  ["it has not a default", "doesn't have"],
  ["a cluster that is left open", "not set, or required variable"],
  ["What is in the way:", "blocked by"],
  ["what is there whatever the features", "always present"],
  ["the key, whatever it is", "any"],
  ["Whoever may describe it", "anyone"],
  ["stopped for want of memory", "because of missing, or when … runs out"],
  ["must not go round in circles", "dependency cycle: a → b → a"],
  ["a digest is taken at its word", "isn't version-checked"],
  ["the first Amazon Linux", "Amazon Linux 1"],
  ["what the stack puts out", "outputs or prints"],
  ["a map its keys lack", "unknown key"],
  ["on its way to Datadog", "before it reaches"],
  ["Hand over to a team", "share or export"],
  ["a file that is handed over", "share or export"],
  ["the module is for hand-over", "share or export"],
];

const ACCEPTED = [
  "`%%host%%` stands for the host's address",
  "a fake Terraform stands in for the real one",
  "an error that stands out",
  "understand",
  "a stand-alone or standalone app",
  "besides",
  "the Agent's own network interface",
  "does so of its own accord",
  "the options of your own features",
  "the file doesn't belong to yours truly",
  "renew, a newer one",
  "a transformer and its performer",
  "it has not been written, and they have not changed",
  "it is open, and the port is left",
  "in the way that ECS starts it",
  "on the way",
  "whatever the instance needs",
  "however",
  "wanted for the tests",
  "round the number",
  "takes a word",
  "the first Amazon instance",
  "the output is put into a file",
  "maps and their keys",
  "on its network interface",
  "by hand, over the network",
];

describe("findWords", () => {
  it.each(REFUSED)("refuses: %s", (text, instead) => {
    expect(findWords(text).map((finding) => finding.instead)).toContain(instead);
  });

  it.each(ACCEPTED)("accepts: %s", (text) => {
    expect(findWords(text)).toEqual([]);
  });

  it("has a refused text for every word", () => {
    const tested = new Set(REFUSED.map(([, instead]) => instead));
    expect(WORDS.map(({ instead }) => instead).filter((instead) => !tested.has(instead))).toEqual([]);
  });

  it("finds a phrase across lines of a comment or a string, with the line of its start", () => {
    expect(findWords('one\n/**\n * The value is left\n * open here.\n */\nf("for want " +\n  "of memory");\n')).toEqual(
      [
        { line: 3, found: "left open", instead: "not set, or required variable" },
        { line: 6, found: "for want of", instead: "because of missing, or when … runs out" },
      ],
    );
  });
});
