import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitepress";

// `npm run docs` copies this folder and the pages to dist/site, and builds them there.
const ROOT = join(import.meta.dirname, "..");

/** Pages in the order in which a reader needs them. A page that isn't named here is in the last group. */
const GROUPS = {
  Start: ["getting-started", "configuration", "api-key-and-roles", "troubleshooting"],
  Use: ["fleets", "importing", "applications", "terraform-module", "construct-api", "cdktn-and-opentofu"],
  "Hosts and sites": ["windows", "ecs-anywhere", "govcloud"],
  Background: ["security", "performance", "comparison", "architecture", "settings"],
};

const named = Object.values(GROUPS).flat();
const others = pagesIn("docs").filter((page) => !named.includes(page));

export default defineConfig({
  title: "Datadog Agent for ECS",
  description: "Run the Datadog Agent on every instance of an Amazon ECS cluster, with Terraform.",
  cacheDir: "../site-cache",
  themeConfig: {
    search: { provider: "local" },
    outline: "deep",
    nav: [
      { text: "Documentation", link: "/docs/getting-started" },
      { text: "Examples", link: "/examples/" },
      // TypeDoc writes these pages next to the site, whose router doesn't know them.
      { text: "API", link: "/api/index.html", target: "_self" },
      { text: "Changelog", link: "/CHANGELOG" },
    ],
    sidebar: [
      ...Object.entries({ ...GROUPS, ...(others.length > 0 && { More: others }) }).map(([text, pages]) => ({
        text,
        items: pages.map((page) => item(`docs/${page}`)),
      })),
      {
        text: "Decisions",
        collapsed: true,
        items: pagesIn("docs/decisions").map((page) => item(`docs/decisions/${page}`)),
      },
      { text: "Project", items: ["CONTRIBUTING", "SECURITY", "CHANGELOG"].map(item) },
    ],
  },
  markdown: { config: adapt, anchor: { slugify: anchorOf } },
  // A site without an icon is asked for one.
  head: [["link", { rel: "icon", href: "data:," }]],
});

/** Names of the pages of a folder. */
function pagesIn(folder) {
  const path = join(ROOT, folder);
  return existsSync(path) ? readdirSync(path).flatMap((file) => (file.endsWith(".md") ? [file.slice(0, -3)] : [])) : [];
}

/** A page with its title. */
function item(page) {
  const [, text = page] = /^# (.*)$/m.exec(readFileSync(join(ROOT, `${page}.md`), "utf8")) ?? [];
  return { text, link: `/${page}` };
}

/** As GitHub makes it, so that a link works in both places. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

function adapt(markdown) {
  const { fence, code_inline: code } = markdown.renderer.rules;
  // Vue would compute what is between two pairs of braces.
  markdown.renderer.rules.code_inline = (...given) => code(...given).replace("<code", "<code v-pre");
  markdown.renderer.rules.fence = (tokens, index, ...given) => {
    const { info, content } = tokens[index];
    if (info.trim() !== "mermaid") return fence(tokens, index, ...given);
    return `<MermaidDiagram source="${encodeURIComponent(content)}" />`;
  };
}
