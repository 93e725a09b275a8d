import {
  type CST,
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
} from "yaml";

/** Finds what the parser accepts, but would then fail with a stack trace, print a warning or be ignored. */

/** A fault at an offset of the text. */
export interface Fault {
  readonly message: string;
  readonly offset: number;
}

/** A configuration has up to ten levels. Recursion over a few hundred could overflow the call stack. */
const MAX_DEPTH = 100;
const TOO_DEEP = `is nested more than ${MAX_DEPTH} levels deep. Check for an extra bracket or indentation.`;

/** Limit for the document with expanded aliases. A cluster has about 50 nodes. */
const MAX_NODES = 1_000_000;

/** Finds nesting that is too deep for the recursive parser; undefined if there is none. */
export function depthFault(tokens: readonly CST.Token[]): Fault | undefined {
  const open = tokens.map((token): [CST.Token, number] => [token, 0]).reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [token, depth] = next;
    if (token.type === "document" && token.value) open.push([token.value, depth]);
    if (!("items" in token)) continue;
    if (depth >= MAX_DEPTH) return { message: TOO_DEEP, offset: token.offset };
    for (const { key, value } of [...token.items].reverse()) {
      if (value) open.push([value, depth + 1]);
      if (key) open.push([key, depth + 1]);
    }
  }
  return undefined;
}

/** The size of a node with expanded aliases. */
interface Extent {
  readonly height: number;
  readonly nodes: number;
}

/** The faults in a document, in the order of the text. */
export function treeFaults(document: Document): readonly Fault[] {
  const faults: Fault[] = [];
  /** The last node of each anchor, and its size; undefined while the node is being visited. */
  const anchors = new Map<string, { readonly node: Node; extent?: Extent }>();
  const fault = (message: string, node: unknown) => {
    faults.push({ message, offset: isNode(node) ? (node.range?.[0] ?? 0) : 0 });
  };
  const target = (node: unknown) => (isAlias(node) ? anchors.get(node.source)?.node : node);

  const extentOfAlias = (source: string, node: Node, depth: number): Extent => {
    const anchor = anchors.get(source);
    if (anchor === undefined) fault("invalid YAML: the alias has no anchor before it.", node);
    else if (anchor.extent === undefined) {
      fault("can't be an alias for a list or map that contains it. Remove it, or use another anchor.", node);
    } else if (depth + anchor.extent.height <= MAX_DEPTH) return anchor.extent;
    // Aliases of this alias would be too deep as well: one fault is enough.
    else if (faults.every(({ message }) => message !== TOO_DEEP)) fault(TOO_DEEP, node);
    return { height: 0, nodes: 1 };
  };

  const extentOfPair = ({ key, value }: Pair, depth: number): Extent => {
    const parts = [extentOf(key, depth), extentOf(value, depth)];
    const name = target(key);
    if (isScalar(name) && name.value === null) {
      fault("must have a string as its key, got null. Put the key in quotes.", key ?? value);
    } else if (!isScalar(name) || typeof name.value === "object") {
      // An alias without an anchor already has a fault.
      if (name !== undefined) fault("must have a string as its key, got a list, a map or another YAML type.", key);
    } else if (isMerge(name)) {
      const merged = target(value);
      const sources = isSeq(merged) ? merged.items : [value];
      if (!sources.every((source) => isMap(target(source)))) {
        fault("must have a map or a list of maps after `<<`.", value);
      }
    }
    return sum(parts);
  };

  const extentOf = (node: unknown, depth: number): Extent => {
    if (isPair(node)) return extentOfPair(node, depth);
    if (!isNode(node)) return { height: 0, nodes: 1 };
    if (isAlias(node)) return extentOfAlias(node.source, node, depth);
    const anchor: { readonly node: Node; extent?: Extent } = { node };
    if (node.anchor !== undefined) anchors.set(node.anchor, anchor);
    const inside =
      "items" in node ? sum(node.items.map((item) => extentOf(item, depth + 1))) : { height: -1, nodes: 0 };
    anchor.extent = { height: inside.height + 1, nodes: inside.nodes + 1 };
    return anchor.extent;
  };

  const { nodes } = extentOf(document.contents, 0);
  if (nodes > MAX_NODES)
    faults.push({
      message: `has aliases that expand to more than ${MAX_NODES.toLocaleString("en")} nodes. Use fewer aliases.`,
      offset: 0,
    });
  return faults;
}

function sum(parts: readonly Extent[]): Extent {
  return {
    height: parts.reduce((highest, { height }) => Math.max(highest, height), 0),
    nodes: parts.reduce((all, { nodes }) => all + nodes, 0),
  };
}

/** Whether a key is `<<` without quotes. */
function isMerge({ value }: Scalar): boolean {
  return typeof value === "symbol";
}

/** Compares keys as strings: `1` and `"1"` are the same key. */
export function isSameKey(a: unknown, b: unknown): boolean {
  return isScalar(a) && isScalar(b) && typeof a.value !== "symbol" && String(a.value) === String(b.value);
}
