import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { run } from "../end-to-end/support/run";
import { PAGES, ROOT } from "../support/documents";
import { findBrowser } from "./support/browser";
import { serve } from "./support/static-server";

const browserPath = findBrowser();

(browserPath === undefined ? describe.skip : describe)("the site that `npm run docs` writes", () => {
  const folder = mkdtempSync(join(tmpdir(), "datadog-agent-ecs-site-"));
  let server: Server;
  let url: string;
  let browser: Browser;
  let page: Page;
  /** What a page asks for in vain, or says on its console. */
  const complaints: string[] = [];

  beforeAll(async () => {
    await run(process.execPath, [join(ROOT, "scripts/docs.mjs"), "--out", folder], { cwd: ROOT });
    ({ url, server } = await serve(folder));
    browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`${page.url()}: ${response.status()} ${response.url()}`);
    });
    page.on("requestfailed", (request) => {
      // The browser gives up what it fetches in advance when the test goes on to another page.
      const reason = request.failure()?.errorText ?? "";
      if (reason !== "net::ERR_ABORTED") complaints.push(`${page.url()}: ${reason} ${request.url()}`);
    });
  });

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("has the README as its front page, with its picture", async () => {
    await page.goto(url, { waitUntil: "networkidle" });
    expect(await page.title()).toContain("Datadog Agent for ECS");
    const picture = page.locator(".diagram svg");
    await picture.waitFor();
    expect(await picture.textContent()).toContain("Datadog Agent");
    const { width = 0, height = 0 } = (await picture.boundingBox()) ?? {};
    expect(Math.min(width, height)).toBeGreaterThan(100);
    const screenshots = join(ROOT, "dist/screenshots");
    mkdirSync(screenshots, { recursive: true });
    await page.screenshot({ path: join(screenshots, "front-page.png") });
    expect(statSync(join(screenshots, "front-page.png")).size).toBeGreaterThan(20_000);
    expect(complaints).toEqual([]);
  });

  it("has no link to a page or a heading that doesn't exist, and no errors on any page", async () => {
    const found = new Map<string, { readonly ids: ReadonlySet<string>; readonly links: readonly string[] }>();
    const broken: string[] = [];
    const queue = [`${url}/`];
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (found.has(next)) continue;
      const seen = await look(next);
      if (seen === undefined) {
        broken.push(next);
        continue;
      }
      found.set(next, seen);
      queue.push(...seen.links.map(withoutAnchor).filter((link) => link.startsWith(url) && !found.has(link)));
    }
    for (const [from, { links }] of found) {
      for (const link of links.filter((each) => each.startsWith(url) && each.includes("#"))) {
        const anchor = decodeURIComponent(new URL(link).hash.slice(1));
        if (anchor !== "" && found.get(withoutAnchor(link))?.ids.has(anchor) === false) broken.push(`${from}: ${link}`);
      }
    }
    expect(broken).toEqual([]);
    expect(complaints).toEqual([]);

    const visited = [...found.keys()].map((address) => address.slice(url.length + 1));
    const written = PAGES.filter((path) => path !== "README.md").map((path) =>
      path.replace("README.md", "").replace(".md", ".html"),
    );
    expect(visited).toEqual(expect.arrayContaining([...written, "api/interfaces/DatadogAgentDaemonProps.html"]));
  });

  const withoutAnchor = (link: string) => link.split("#")[0] ?? link;

  /** The links of a page, and what they can lead to in it. The pages of the site are shown in the browser. */
  async function look(address: string) {
    const path = address.slice(url.length);
    if (path.startsWith("/api/") || path.endsWith(".txt")) {
      const response = await fetch(address);
      if (!response.ok) return undefined;
      const text = path.endsWith(".txt") ? "" : await response.text();
      const all = (pattern: RegExp) =>
        [...text.matchAll(pattern)].map(([, value = ""]) => value.replaceAll("&amp;", "&"));
      return {
        ids: new Set(all(/ id="([^"]+)"/g)),
        links: all(/<a [^>]*href="([^"]+)"/g).map((link) => new URL(link, address).href),
      };
    }
    const response = await page.goto(address, { waitUntil: "networkidle" });
    if (response?.ok() !== true) return undefined;
    return page
      .evaluate(() => ({
        ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
        links: [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map(({ href }) => href),
      }))
      .then(({ ids, links }) => ({ ids: new Set(ids), links }));
  }

  it("finds what to do about an invalid API key", async () => {
    await page.goto(url, { waitUntil: "networkidle" });
    await page.keyboard.press("Control+k");
    await page.locator("#localsearch-input").fill("API key invalid");
    const first = page.locator(".VPLocalSearchBox .result").first();
    await first.waitFor();
    expect(await first.textContent()).toContain("Troubleshooting");
    await first.click();
    await page.waitForURL("**/docs/troubleshooting.html#**");
    await page.getByText("The key belongs to another Datadog site").waitFor();
    expect(complaints).toEqual([]);
  });
});

it("a browser is found by its name on the PATH, and nowhere else", () => {
  expect(findBrowser("/nowhere")).toBeUndefined();
  expect(browserPath === undefined || existsSync(browserPath)).toBe(true);
});
