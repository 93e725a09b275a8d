import { parseConfiguration } from "../../../lib/configuration/load";
import { picture } from "../../../lib/handoff/picture";
import { type Daemon, daemonOf } from "../../../lib/handoff/picture/facts";
import { API_KEY_ARN } from "../../support/task";
import { parseXml, type XmlElement } from "../../support/xml";

const daemons = (keys: string): readonly Daemon[] =>
  parseConfiguration(`clusters: [{ name: shop, ${keys} }]`, "clusters.yaml").clusters.map(daemonOf);

const draw = (keys: string) => picture(daemons(keys));

/** What a person reads, without the description. */
function words(svg: string): string {
  return parseXml(svg)
    .filter(({ name }) => name === "text")
    .map(({ text }) => text)
    .join(" ");
}

const MANY = [
  "apm: { socket: true }, dogstatsd: { socket: true }, otlp: true, logs: true, processCollection: true",
  "workloadProtection: true, cloudSecurityPosture: true, universalServiceMonitoring: true, sbom: { host: true }",
  'gpuMonitoring: { ebpf: true }, proxy: { https: "http://proxy.example:3128" }',
].join(", ");

const CONFIGURATIONS = {
  "nothing on": "cluster: production",
  "many features": `cluster: production, features: { ${MANY} }`,
  Windows: "host: windows, features: { apm: true, logs: true }",
  "two hosts": "hosts: [linux, windows], features: { dogstatsd: { socket: true } }",
  "a FIPS proxy": "site: ddog-gov.com, features: { apm: true }",
  "every receiver": `apiKey: { secretsManagerArn: "${API_KEY_ARN}" }, features: { apm: { socket: true }, dogstatsd: { socket: true }, otlp: true }`,
  "long names": `cluster: ${"c".repeat(255)}, serviceName: ${"s".repeat(255)}, family: ${"f".repeat(255)}`,
  "a long image": `site: ddog-gov.com, image: { repository: "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com/${"team/".repeat(20)}agent" }`,
};

describe("the picture", () => {
  it.each(Object.entries(CONFIGURATIONS))("of %s is an SVG file that is well-formed", (_what, keys) => {
    const [svg, title, desc] = parseXml(draw(keys));
    expect(svg).toMatchObject({
      name: "svg",
      attributes: { xmlns: "http://www.w3.org/2000/svg", width: "800", role: "img" },
    });
    expect([title?.name, desc?.name]).toEqual(["title", "desc"]);
  });

  it("shows the cluster, the service, the task, its container and the site", () => {
    const shown = words(draw("cluster: production, serviceName: agents, family: agent, site: datadoghq.eu"));
    for (const word of [
      ...["ECS cluster production", "ECS service agents", "DAEMON: one task on every instance", "ECS task agent"],
      ...["EC2 instance, Linux", "datadog-agent public.ecr.aws/datadog/ agent:latest", "network mode bridge"],
      ...["Datadog datadoghq.eu", "HTTPS", "API key DD_API_KEY Secrets Manager var.api_key_ secret_arn"],
      "IAM roles task sees ECS and EC2 execution reads the API key",
    ]) {
      expect(shown).toContain(word);
    }
  });

  it.each([
    ["ports", "apm: true, dogstatsd: true", ["metrics 8125/udp", "traces 8126/tcp"]],
    ["sockets", "apm: { port: false, socket: true }", ["traces apm.socket", "read-write /var/run/datadog"]],
    ["OTLP", "otlp: { http: false }", ["OTLP 4317/tcp"]],
    ["logs", "logs: true", ["/var/lib/docker/containers/", "The host, read-write /opt/datadog-agent/run"]],
    ["capabilities", "networkPerformanceMonitoring: true", ["capabilities CHOWN,", "/sys/kernel/debug"]],
    ["processes", "workloadProtection: true", ["sees the host's processes"]],
    ["a proxy", 'proxy: { https: "http://proxy.example:3128" }', ["by an HTTP proxy"]],
  ])("shows %s where they are on, and only there", (_what, features, expected) => {
    const shown = words(draw(`features: { ${features} }`));
    const off = draw("features: {}");
    for (const text of expected) {
      expect(shown).toContain(text);
      expect(words(off)).not.toContain(text);
    }
  });

  it("shows arrows from applications for what they send alone", () => {
    const arrows = (keys: string) => draw(keys).split('class="arrow"').length - 1;
    expect(arrows("features: { apm: true, dogstatsd: true }") - arrows("features: {}")).toBe(2);
    expect(words(draw("features: {}"))).toContain("Application containers send nothing");
    expect(words(draw("features: { apm: true }"))).not.toContain("send nothing");
  });

  it("shows the FIPS proxy between the Agent and the site", () => {
    const svg = draw("site: ddog-gov.com");
    expect(words(svg)).toContain("fips-proxy datadog/fips-proxy: 1.1.29 10 CPU units, 256 MiB 9803-9818/tcp");
    const sidecar = boxes(svg).find(({ style }) => style === "sidecar");
    const site = boxes(svg).find(({ style }) => style === "site");
    const agent = boxes(svg).find(({ style }) => style === "agent");
    // From the Agent down to the proxy, and from the proxy's edge to the site.
    expect(svg).toMatch(new RegExp(`d="M\\d+ ${agent?.bottom}L\\d+ ${sidecar?.top}"`));
    const y = (site?.top ?? 0) + 30;
    expect(svg).toContain(`d="M${sidecar?.right} ${y}L${site?.left} ${y}"`);
    expect(draw("site: ddog-gov.com, features: { fipsProxy: false }")).not.toMatch(/fips/);
  });

  it("shows a mixed cluster's daemons, one below the other", () => {
    const shown = words(draw("cluster: production, hosts: [linux, windows]"));
    expect(shown).toMatch(/EC2 instance, Linux .* EC2 instance, Windows/);
    expect(shown).toContain("ECS service datadog-agent-windows");
  });

  it("is told in words, too", () => {
    const [, title, desc] = parseXml(draw("cluster: shop, features: { apm: true, logs: true }"));
    expect(title?.text).toBe("The Datadog Agent on every instance of shop");
    expect(desc?.text).toBe(
      "In the ECS cluster shop the service datadog-agent runs the task datadog-agent-task once on every EC2 instance " +
        "with Linux. Its container datadog-agent is the image public.ecr.aws/datadog/agent:latest. Applications send " +
        "traces to 8126/tcp. Of the host it reads /proc/, /sys/fs/cgroup/, /var/lib/docker/containers/, " +
        "/var/run/docker.sock. It reads and writes /opt/datadog-agent/run. The API key comes from Secrets Manager, " +
        "var.api_key_secret_arn. The data goes to datadoghq.com by HTTPS.",
    );
    expect(draw("site: ddog-gov.com")).toContain("Beside it runs fips-proxy, the image datadog/fips-proxy:1.1.29.");
    expect(draw('features: { proxy: { http: "http://p:1" } }')).toContain("by HTTPS, by an HTTP proxy.</desc>");
  });

  it("has values as text, whatever they are", () => {
    const [daemon] = daemons("cluster: a");
    const hard = "<b x='1'>&amp;]]>\"\u0007";
    if (daemon === undefined) throw new Error("There must be a daemon.");
    const svg = picture([{ ...daemon, task: { ...daemon.task, family: hard } }]);
    expect(words(svg)).toContain(`<b x='1'>&amp;]]>"\ufffd`);
    expect(parseXml(svg).some(({ name }) => name === "b")).toBe(false);
  });

  it("has nothing of what may be a secret", () => {
    const svg = draw(
      `apiKey: { secretsManagerArn: "${API_KEY_ARN}" }, environment: { TOKEN: hush }, tags: { a: hush }, ` +
        'features: { proxy: { https: "http://hush.example:1" } }, cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/a"',
    );
    expect(svg).not.toMatch(/hush|123456789012|TOKEN/);
  });

  it("refers to nothing outside of itself", () => {
    const references = draw(CONFIGURATIONS["many features"]).match(/url\([^)]*\)|href|@import|@font-face|<image/g);
    expect([...new Set(references)]).toEqual(["url(#arrow-head)"]);
  });

  it("has a colour for the dark of each that it has for the light", () => {
    const [, style = ""] = /<style>([^]*?)<\/style>/.exec(draw("cluster: a")) ?? [];
    const [light = "", dark = ""] = style.split("@media (prefers-color-scheme:dark)");
    const coloured = (css: string) =>
      [...css.matchAll(/^([^{}\n]+)\{[^}]*(?:fill|stroke):#/gm)].flatMap(([, selectors = ""]) => selectors.split(","));
    expect(coloured(light)).toContain(".agent");
    expect(coloured(light).filter((selector) => !coloured(dark).includes(selector))).toEqual([]);
  });
});

interface Area {
  readonly style: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The rectangles of a picture of one daemon. */
function boxes(svg: string): readonly Area[] {
  return parseXml(svg)
    .filter(({ name }) => name === "rect")
    .map(({ attributes }) => {
      const { class: style = "", x, y, width, height } = attributes;
      return {
        style,
        left: Number(x),
        right: Number(x) + Number(width),
        top: Number(y),
        bottom: Number(y) + Number(height),
      };
    });
}

/** Where a text is at most, in pixels of a wide font. */
function areaOf({ attributes, text }: XmlElement): Area {
  const { class: style = "", x, y, "text-anchor": anchor } = attributes;
  const width = text.length * { title: 8.6, note: 6.6, code: 7.25 }[style as "title" | "note" | "code"];
  const left = Number(x) - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
  return { style, left, right: left + width, top: Number(y) - 12, bottom: Number(y) + 4 };
}

const isInside = (inner: Area, outer: Area) =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
const overlap = (a: Area, b: Area) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe("the layout", () => {
  const { "two hosts": _two, ...single } = CONFIGURATIONS;

  it.each(Object.entries(single))("of %s keeps every text in its box", (_what, keys) => {
    const svg = draw(keys);
    const texts = parseXml(svg).filter(({ name }) => name === "text");
    const areas = boxes(svg);
    for (const text of texts) {
      const area = areaOf(text);
      const touched = areas.filter((box) => box.style !== "instance" && overlap(area, box));
      // HTTPS stands in the gap between two boxes, and what applications send in that between two others.
      expect(touched.filter((box) => !isInside(area, box)).map(({ style }) => [text.text, style])).toEqual([]);
      expect(touched.map(({ style }) => style)).toContain("card");
    }
    expect(texts.length).toBeGreaterThan(15);
  });

  it.each(Object.entries(single))("of %s has no text on another one", (_what, keys) => {
    const areas = parseXml(draw(keys))
      .filter(({ name }) => name === "text")
      .map((text) => ({ ...areaOf(text), text: text.text }));
    // Lines follow each other closely.
    const shrunk = areas.map((area) => ({ ...area, top: area.top + 1, bottom: area.bottom - 1 }));
    const pairs = shrunk.flatMap((a, index) =>
      shrunk
        .slice(index + 1)
        .filter((b) => overlap(a, b))
        .map((b) => [a.text, b.text]),
    );
    expect(pairs).toEqual([]);
  });

  it.each(Object.entries(single))("of %s has boxes that lie beside or within each other", (_what, keys) => {
    const areas = boxes(draw(keys)).filter(({ style }) => style !== "instance");
    const crossing = areas.flatMap((a, index) =>
      areas
        .slice(index + 1)
        .filter((b) => overlap(a, b) && !isInside(a, b) && !isInside(b, a))
        .map((b) => [a.style, b.style]),
    );
    expect(crossing).toEqual([]);
  });
});
