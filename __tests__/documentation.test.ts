import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { catalog } from "../lib/catalog";
import { COMMANDS } from "../lib/commands";
import { loadConfiguration } from "../lib/configuration/load";
import { clustersOf, configurationOf } from "./support/clusters";
import { BLOCKS, blocksIn, blocksOf, PAGES, read, README, ROOT } from "./support/documents";

const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-documentation-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Pages that people read next to those of docs/. */
const ALL = [...PAGES, "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "examples/README.md"];

/** Text without programs, and without what is generated from texts in lib/. */
const prose = (file: string) =>
  read(file)
    .replaceAll(/^<!-- (\w+) -->$[^]*?^<!-- \/\1 -->$/gm, "")
    .replaceAll(/^```(\w*)\n[^]*?^```$/gm, (block, language) => (language === "sh" ? block : ""));

/** The anchor of a heading, as GitHub and the site make it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");

const words = (file: string) => read(file).split(/\s+/).filter(Boolean).length;

describe("the blocks of all pages", () => {
  it("are in languages whose blocks are tested", () => {
    const tested = ["sh", "yaml", "typescript", "json", "hcl", "text", "mermaid"];
    expect(BLOCKS.filter(({ language }) => !tested.includes(language))).toEqual([]);
    expect(BLOCKS.length).toBeGreaterThan(50);
  });

  it.each(blocksIn("yaml"))("are a configuration that is accepted: $page:$line", ({ page, text }) => {
    const { stacks, modules } = configurationOf(text, page);
    expect(stacks.length + modules.length).toBeGreaterThan(0);
  });

  it.each(blocksIn("json"))("are JSON: $page:$line", ({ text }) => {
    expect(JSON.parse(text)).toEqual(expect.any(Object));
  });

  it("merge defaults as the page says", () => {
    const [first] = blocksOf("docs/configuration.md").filter(({ language }) => language === "yaml");
    const [shop, factory] = clustersOf(first?.text ?? "", "configuration.md");
    expect(shop?.tags).toEqual({ env: "production", team: "checkout" });
    expect(factory?.features).toMatchObject({
      apm: false,
      dogstatsd: { socket: true },
      logs: { exclude: [/^image:/] },
    });
  });
});

describe("links", () => {
  const anchorsOf = (file: string) =>
    [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));
  const linksOf = (file: string) =>
    [...prose(file).matchAll(/\]\(((?!https?:)[^)\s]+)\)/g)].map(([, link = ""]) => link);

  it.each(ALL)("of %s have their files and headings", (file) => {
    const missing = linksOf(file).filter((link) => {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? file : join(dirname(file), path);
      if (!existsSync(join(ROOT, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(missing).toEqual([]);
  });

  it("lead to every page", () => {
    const linked = ALL.flatMap((file) => linksOf(file).map((link) => join(dirname(file), link.split("#")[0] ?? "")));
    expect(PAGES.filter((page) => page !== "README.md" && !linked.includes(page))).toEqual([]);
  });

  // A reader of the README's table is one click away from the words after the arrow.
  it.each([
    ["collect logs", "exclude:"],
    ["team without Node.js", "npm run module -- datadog-agent --host linux"],
    ["IAM rights", "datadog-agent-ecs iam"],
    ["import an Agent", "npm run --silent import -- --cluster production --service datadog-agent"],
    ["API key invalid", "Set `site` to the site of your account"],
    ["GovCloud", "site: ddog-gov.com"],
  ])("of the README's table lead from %p to %p", (want, found) => {
    const [, link = ""] = new RegExp(`^\\| .*${want}.* \\|.*\\]\\(([^)]*)\\)`, "m").exec(README) ?? [];
    const [page = "", anchor = ""] = link.split("#");
    const [, ...sections] = read(page).split(/^(?=## )/m);
    const section =
      anchor === "" ? read(page) : sections.find((text) => anchorOf(/^## (.*)$/m.exec(text)?.[1] ?? "") === anchor);
    expect(section).toContain(found);
  });
});

describe("the length", () => {
  it.each([
    ["README.md", 1500],
    ["CONTRIBUTING.md", 1000],
  ])("of %s has at most %i words", (file, most) => {
    expect(words(file)).toBeLessThanOrEqual(most);
  });
});

describe("the words of problems, in the page about troubleshooting", () => {
  const cluster = (keys: string) => `clusters: [{ name: a, ${keys} }]`;
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf";
  const causes: Record<string, string> = {
    "Nested mappings are not allowed in compact mappings": `defaults:\n  apiKey:\n    secretsManagerArn: ${arn}:api_key::\n`,
    "six-character suffix": cluster("apiKey: { secretsManagerArn: datadog }"),
    FARGATE: cluster("launchType: FARGATE"),
    "needs networkMode host or awsvpc": cluster("site: ddog-gov.com, networkMode: bridge"),
    "needs Agent 7.65 or later": cluster("site: ddog-gov.com, image: { tag: 7.64.0 }, features: { fipsAgent: true }"),
    DD_HOSTNAME: cluster("environment: { DD_HOSTNAME: a }"),
  };
  const noFile = "there is no such file";

  it.each(Object.entries(causes))("%s", (message, yaml) => {
    const load = () => clustersOf(yaml);
    expect(load).toThrow();
    try {
      load();
    } catch (error) {
      // On the page the words are code, in which the backticks around keys have no place.
      expect(String(error).replaceAll("`", "")).toContain(message);
    }
  });

  it(noFile, () => {
    expect(() => loadConfiguration(catalog, join(folder, "clusters.yaml"))).toThrow(noFile);
  });

  it("are all of them tested", () => {
    const [, section = ""] = /^## `npm run synth` refuses.*$([^]*?)^## /m.exec(read("docs/troubleshooting.md")) ?? [];
    const quoted = [...section.matchAll(/^\| `(.*?)`\s+\|/gm)].map(([, message]) => message);
    expect(quoted).toEqual([...Object.keys(causes), noFile]);
  });
});

it("every file that a page names as its proof exists", () => {
  const named = [...read("docs/comparison.md").matchAll(/`((?:__tests__|lib)\/[^`]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

describe("every command that is named", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  // The command and its script come together.
  const commands = Object.keys(COMMANDS);

  it.each([...PAGES, "help", "CONTRIBUTING.md"])("in %s exists", (file) => {
    const text = read(file);
    const named = [...text.matchAll(/npm run (?:--silent )?([a-z:-]+)(?= |`|$)/gm)].map(([, name = ""]) => name);
    const called = [...text.matchAll(/datadog-agent-ecs ([a-z]+)(?= |`|$)/gm)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts) && !commands.includes(name))).toEqual([]);
    expect(called.filter((name) => !commands.includes(name))).toEqual([]);
  });

  it("is in the README's table, if it is a command of the package", () => {
    const inTable = [...README.matchAll(/^\| `datadog-agent-ecs ([a-z]+)/gm)].map(([, name]) => name);
    expect(inTable.sort()).toEqual([...new Set(commands)].sort());
  });

  it("is npm test where the README says how to run the tests", () => {
    expect(/^## Tests$\n\n```sh\n([^]*?)```/m.exec(README)?.[1]).toBe("npm test\n");
  });
});
