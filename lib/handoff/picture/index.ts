import { API_KEY } from "../../agent";
import { type Container, type Daemon, type Facts, factsOf } from "./facts";
import { STYLE } from "./style";
import { element, escapeXml, wrap } from "./svg";

/** A README shows an image as it is up to this many pixels. */
const WIDTH = 800;
const MARGIN = 16;
const PADDING = 12;
/** Between two boxes above one another that an arrow joins. */
const ARROW_ROOM = 36;
/** How far the other instances look out from behind the one that is drawn. */
const BEHIND = 8;

/** The columns. From left to right: applications, the task with the Agent, and what is outside of the cluster. */
const CLUSTER = { x: 16, width: 564 };
const SERVICE = { x: 32, width: 532 };
const INSTANCE = { x: 32, width: 516 };
const HOST = { x: 48, width: 484 };
const APPLICATIONS = { x: 48, width: 116 };
const TASK = { x: 304, width: 228 };
const CONTAINER = { x: 316, width: 204 };
const OUTSIDE = { x: 632, width: 152 };

/** The height of a line, and the width of a character in the widest of the usual fonts. */
const STYLES = {
  title: { lineHeight: 19, character: 9, breaks: "text" },
  note: { lineHeight: 17, character: 6.9, breaks: "text" },
  code: { lineHeight: 17, character: 7.3, breaks: "code" },
} as const;

interface Line {
  readonly style: keyof typeof STYLES;
  readonly text: string;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const title = (text: string): Line => ({ style: "title", text });
const note = (text: string): Line => ({ style: "note", text });
const code = (text: string): Line => ({ style: "code", text });

/**
 * The deployed Agents as an SVG image, one below the other: in light and in dark, without fonts or files other than
 * itself. Pure.
 */
export function picture(daemons: readonly Daemon[]): string {
  const all = daemons.map(factsOf);
  const panels: string[] = [];
  let height = -MARGIN;
  for (const facts of all) {
    const { parts, height: panelHeight } = panel(facts);
    panels.push(element("g", { transform: `translate(0 ${height + MARGIN})` }, ...lines(parts)));
    height += MARGIN + panelHeight;
  }
  const clusters = [...new Set(all.map(({ cluster }) => cluster))];
  const attributes = { xmlns: "http://www.w3.org/2000/svg", width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}` };
  const parts = [
    element("title", {}, escapeXml(`The Datadog Agent on every instance of ${clusters.join(", ")}`)),
    element("desc", {}, escapeXml(all.map(description).join(" "))),
    element("style", {}, STYLE),
    ARROW_HEAD,
    ...panels,
  ];
  return `${element("svg", { ...attributes, role: "img" }, ...lines(parts))}\n`;
}

/** The picture in words, for people who don't see it. */
function description(facts: Facts): string {
  const { agent, sidecars, mounts, receivers, viaProxy } = facts;
  return [
    `In the ECS cluster ${facts.cluster} the service ${facts.service} runs the task ${facts.family} once on every ${facts.instance} with ${facts.operatingSystem}.`,
    `Its container ${agent.name} is the image ${agent.image}.`,
    ...sidecars.map(({ name, image }) => `Beside it runs ${name}, the image ${image}.`),
    ...sentence(
      "Applications send",
      receivers.map(({ what, where }) => `${what} to ${where}`),
    ),
    ...sentence("Of the host it reads", mounts.readOnly),
    ...sentence("It reads and writes", mounts.readWrite),
    ...sentence("The API key comes from", facts.apiKey),
    `The data goes to ${facts.site} by HTTPS${viaProxy ? ", by an HTTP proxy" : ""}.`,
  ].join(" ");
}

function sentence(start: string, things: readonly string[]): readonly string[] {
  return things.length === 0 ? [] : [`${start} ${things.join(", ")}.`];
}

/** One daemon. Heights follow from the texts, from the top to the bottom. */
function panel(facts: Facts): { readonly parts: readonly string[]; readonly height: number } {
  const head = header(facts);
  const instanceTop = head.bottom + ARROW_ROOM;
  const { agent, task, sender, parts: taskParts } = taskBoxes(facts, instanceTop + 40);
  const host = hostBox(facts, bottom(task) + ARROW_ROOM);
  const instance = { ...INSTANCE, y: instanceTop, height: bottom(host.box) + MARGIN - instanceTop };
  const cluster = { ...CLUSTER, y: MARGIN, height: bottom(instance) };
  const outside = outsideBoxes(facts, { agent, sender, host: host.box });
  const height = Math.max(bottom(cluster), outside.bottom) + MARGIN;
  const applications = { ...APPLICATIONS, y: agent.y, height: agent.height };
  return {
    height,
    parts: [
      rectangle("card", { x: 0.5, y: 0.5, width: WIDTH - 1, height: height - 1 }, 12),
      rectangle("cluster", cluster, 10),
      ...[2, 1, 0].map((index) => rectangle("instance", behind(instance, index), 8)),
      ...head.parts,
      write(title(`${facts.instance}, ${facts.operatingSystem}`), HOST.x, instanceTop + 10),
      ...taskParts,
      ...applicationsBox(facts, applications),
      ...host.parts,
      ...outside.parts,
      arrow(center(agent), head.bottom, center(agent), task.y),
      arrow(center(agent), host.box.y, center(agent), bottom(task)),
      ...receiverArrows(facts, applications, agent),
    ],
  };
}

/** The cluster's name, and the service. */
function header({ cluster, service }: Facts) {
  const inside = SERVICE.x + PADDING;
  const clusterName = labelled(title("ECS cluster"), cluster, { x: inside, y: 26, valueX: 140, width: 412 });
  const top = clusterName.bottom + 8;
  const serviceName = labelled(title("ECS service"), service, { x: inside, y: top + 8, valueX: 140, width: 168 });
  const box = { ...SERVICE, y: top, height: serviceName.bottom + 8 - top };
  const strategy = write(note("DAEMON: one task on every instance"), right(SERVICE) - PADDING, top + 10, "end");
  return {
    bottom: bottom(box),
    parts: [...clusterName.parts, rectangle("service", box), ...serviceName.parts, strategy],
  };
}

/** The task's containers, one below the other, in the task's frame. */
function taskBoxes(facts: Facts, top: number) {
  const family = labelled(note("ECS task"), facts.family, { x: CONTAINER.x, y: top + 8, valueX: 376, width: 146 });
  const [agentText, ...sidecarTexts] = [facts.agent, ...facts.sidecars].map(containerText);
  const { site, key } = outsideTexts(facts);
  const room = Math.max(
    boxHeight(agentText),
    // The arrows to and from the boxes outside are level, and these stand below one another.
    boxHeight(site) + MARGIN + boxHeight(key),
  );
  const agent = { ...CONTAINER, y: family.bottom + 6, height: room };
  const boxes: Box[] = [agent];
  for (const text of sidecarTexts) {
    boxes.push({ ...CONTAINER, y: bottom(boxes.at(-1) ?? agent) + ARROW_ROOM, height: boxHeight(text) });
  }
  const [, sidecar] = boxes;
  const sender = facts.bySidecar && sidecar ? sidecar : agent;
  const task = { ...TASK, y: top, height: bottom(boxes.at(-1) ?? agent) + PADDING - top };
  return {
    agent,
    task,
    sender,
    parts: [
      rectangle("task", task),
      ...family.parts,
      ...boxes.flatMap((box, index) =>
        filled(index === 0 ? "agent" : "sidecar", box, [agentText, ...sidecarTexts][index] ?? []),
      ),
      ...(sender === agent ? [] : [arrow(center(agent), bottom(agent), center(agent), sender.y)]),
    ],
  };
}

function containerText({ name, image, notes }: Container): readonly Line[] {
  return wrapped([title(name), code(image), ...notes.map(note)], CONTAINER.width);
}

/** What the Agent sends to, what it is given, and what it may; each level with what it belongs to. */
function outsideBoxes(facts: Facts, { agent, sender, host }: { agent: Box; sender: Box; host: Box }) {
  const texts = outsideTexts(facts);
  const boxes = {
    site: { ...OUTSIDE, y: agent.y, height: boxHeight(texts.site) },
    key: { ...OUTSIDE, y: agent.y, height: boxHeight(texts.key) },
    roles: { ...OUTSIDE, y: host.y, height: boxHeight(texts.roles) },
  };
  // The site comes first where the Agent itself sends, and last where the container below it does.
  if (sender === agent) boxes.key.y = bottom(agent) - boxes.key.height;
  else boxes.site.y = bottom(sender) - boxes.site.height;
  return {
    bottom: bottom(boxes.roles),
    parts: [
      ...filled("site", boxes.site, texts.site),
      ...filled("secret", boxes.key, texts.key),
      ...filled("secret", boxes.roles, texts.roles),
      arrow(right(sender), middle(boxes.site), OUTSIDE.x, middle(boxes.site)),
      write(note("HTTPS"), (right(CLUSTER) + OUTSIDE.x) / 2, middle(boxes.site) - 19, "middle"),
      arrow(OUTSIDE.x, middle(boxes.key), right(agent), middle(boxes.key)),
    ],
  };
}

function outsideTexts({ site, viaProxy, apiKey: [source = "", ...expressions], roles }: Facts) {
  const texts = {
    site: [title("Datadog"), code(site), ...(viaProxy ? [note("by an HTTP proxy")] : [])],
    key: [title("API key"), code(API_KEY), note(source), ...expressions.map(code)],
    roles: [title("IAM roles"), code("task"), note(roles.task), code("execution"), note(roles.execution)],
  };
  return {
    site: wrapped(texts.site, OUTSIDE.width),
    key: wrapped(texts.key, OUTSIDE.width),
    roles: wrapped(texts.roles, OUTSIDE.width),
  };
}

function applicationsBox({ receivers }: Facts, box: Box): readonly string[] {
  const text = [title("Application"), title("containers"), ...(receivers.length === 0 ? [note("send nothing")] : [])];
  return [rectangle("applications", box), ...writeAll(text, center(box), middle(box) - heightOf(text) / 2, "middle")];
}

/** One arrow for each port and socket, evenly apart. */
function receiverArrows({ receivers }: Facts, from: Box, to: Box): readonly string[] {
  return receivers.flatMap(({ what, where }, index) => {
    const y = Math.round(to.y + (to.height * (index + 1)) / (receivers.length + 1)) + 8;
    const target = element("tspan", { class: "code" }, escapeXml(where));
    return [
      element("text", { class: "note", x: right(from) + 6, y: y - 6 }, escapeXml(`${what} `), target),
      arrow(right(from), y, to.x, y),
    ];
  });
}

/** The host's paths: what is only read beside what is written, too. */
function hostBox({ mounts: { readOnly, readWrite } }: Facts, y: number) {
  const columns = [
    [title("The host, read-only"), ...readOnly.map(code)],
    ...(readWrite.length > 0 ? [[title("The host, read-write"), ...readWrite.map(code)]] : []),
  ].map((column) => wrapped(column, HOST.width / 2));
  const box = { ...HOST, y, height: Math.max(...columns.map(boxHeight)) };
  const texts = columns.flatMap((column, index) =>
    writeAll(column, box.x + PADDING + (index * box.width) / 2, y + PADDING),
  );
  return { box, parts: [rectangle("host", box), ...texts] };
}

/** A label, and beside it what it labels. */
function labelled(
  label: Line,
  value: string,
  { x, y, valueX, width }: { x: number; y: number; valueX: number; width: number },
) {
  const text = wrapped([code(value)], width + 2 * PADDING);
  // On the baseline of the label.
  const valueY = y + STYLES[label.style].lineHeight - STYLES.code.lineHeight;
  return {
    bottom: valueY + heightOf(text),
    parts: [write(label, x, y), ...writeAll(text, valueX, valueY)],
  };
}

/** Lines that fit into a box of some width. */
function wrapped(text: readonly Line[], width: number): readonly Line[] {
  return text.flatMap((line) => {
    const { character, breaks } = STYLES[line.style];
    const columns = Math.floor((width - 2 * PADDING) / character);
    return wrap(line.text, columns, breaks).map((part) => ({ ...line, text: part }));
  });
}

function heightOf(text: readonly Line[]): number {
  return text.reduce((sum, { style }) => sum + STYLES[style].lineHeight, 0);
}

function boxHeight(text: readonly Line[] = []): number {
  return heightOf(text) + 2 * PADDING;
}

const right = ({ x, width }: Pick<Box, "x" | "width">) => x + width;
const bottom = ({ y, height }: Box) => y + height;
const center = ({ x, width }: Box) => x + width / 2;
const middle = ({ y, height }: Box) => y + height / 2;

function behind({ x, y, width, height }: Box, index: number): Box {
  return { x: x + index * BEHIND, y: y - index * BEHIND, width, height };
}

function filled(style: string, box: Box, text: readonly Line[]): readonly string[] {
  return [rectangle(style, box), ...writeAll(text, box.x + PADDING, box.y + PADDING)];
}

function rectangle(style: string, { x, y, width, height }: Box, radius = 6): string {
  return element("rect", { class: style, x, y, width, height, rx: radius });
}

/** Lines below one another; the upper edge of the first is given. */
function writeAll(text: readonly Line[], x: number, y: number, anchor?: "middle"): readonly string[] {
  return text.map((line, index) => write(line, x, y + heightOf(text.slice(0, index)), anchor));
}

function write({ style, text }: Line, x: number, y: number, anchor?: "middle" | "end"): string {
  const baseline = y + STYLES[style].lineHeight - 5;
  return element("text", { class: style, x, y: baseline, ...(anchor && { "text-anchor": anchor }) }, escapeXml(text));
}

function arrow(x1: number, y1: number, x2: number, y2: number): string {
  return element("path", { class: "arrow", d: `M${x1} ${y1}L${x2} ${y2}`, "marker-end": "url(#arrow-head)" });
}

const ARROW_HEAD = element(
  "defs",
  {},
  element(
    "marker",
    { id: "arrow-head", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 6, markerHeight: 6, orient: "auto" },
    element("path", { class: "head", d: "M0 0.5L8 4L0 7.5Z" }),
  ),
);

/** A line of the file for each part, so that changes are seen line by line. */
function lines(parts: readonly string[]): readonly string[] {
  return ["\n", ...parts.map((part) => `${part}\n`)];
}
