import { isOperator, type Term } from "../../core/term";
import { block, type Body, blocks, type Value } from "./document";
import { expression, snakeCase } from "./hcl";
import { type Names, namesOfItem } from "./names";
import { itemPlace, printCondition, printItems, printList, printTerm } from "./print";

/**
 * The arguments of a resource, from templates with the names of CDKTF or of the AWS API.
 * @param isBlock whether a map is a block as well; a list of maps always is
 */
export function argumentsOf(
  templates: readonly object[],
  names: Names,
  isBlock: boolean,
): { readonly attributes: Body; readonly dynamic: Readonly<Record<string, Body>> } {
  const attributes: Record<string, Value> = {};
  const dynamic: Record<string, Body> = {};
  const fields = templates.flatMap((template) => Object.entries(template) as [string, Term | undefined][]);
  for (const [key, term] of fields) {
    if (term === undefined) continue;
    const name = snakeCase(key);
    const repeated = dynamicOf(name, term, names);
    const map = isBlock && !Array.isArray(term) && isMap(term);
    if (repeated !== undefined) dynamic[name] = repeated;
    else if (map) attributes[name] = block(bodyOf(term, names));
    else if (Array.isArray(term) && term.length > 0 && (term as readonly Term[]).every(isMap)) {
      attributes[name] = blocks((term as readonly object[]).map((each) => bodyOf(each, names)));
    } else {
      const printed = printTerm(term, names);
      if (printed !== undefined) attributes[name] = expression(printed.code);
    }
  }
  return { attributes, dynamic };
}

/** A dynamic block: one block for each item of a list of maps that is only known at plan time. */
function dynamicOf(name: string, term: Term, names: Names): Body | undefined {
  if (!isOperator(term)) return undefined;
  if (term.$ === "each" && isMap(term.item)) {
    return {
      for_each: expression(printList(term.of, names)),
      content: block(bodyOf(term.item, namesOfItem(names, itemPlace(`${name}.value`)))),
    };
  }
  if (term.$ !== "when") return undefined;
  const then = dynamicOf(name, term.then, names);
  const { condition } = term;
  const isImplied =
    condition.$ === "not" &&
    condition.condition.$ === "empty" &&
    isOperator(term.then) &&
    term.then.$ === "each" &&
    term.then.of.$ === "from" &&
    term.then.of.path === condition.condition.path;
  if (then !== undefined)
    return isImplied ? then : { ...then, for_each: whenTrue(then.for_each as string, term.condition, names) };
  const items = isMap(term.then) ? [term.then] : term.then;
  if (!Array.isArray(items) || !(items as readonly Term[]).every(isMap) || printItems(items, names)?.length !== 1)
    return undefined;
  const printed = printCondition(condition, names);
  return {
    for_each: expression(typeof printed === "boolean" ? (printed ? "[1]" : "[]") : `${printed} ? [1] : []`),
    content: block(bodyOf((items as readonly object[])[0] ?? {}, names)),
  };
}

function whenTrue(list: string, condition: Parameters<typeof printCondition>[0], names: Names): string {
  const printed = printCondition(condition, names);
  if (typeof printed === "boolean") return printed ? list : expression("[]");
  return expression(`[for item in ${list.slice(2, -1)} : item if ${printed}]`);
}

function bodyOf(map: object, names: Names): Body {
  const entries = (Object.entries(map) as [string, Term | undefined][]).flatMap(([key, term]): [string, Value][] => {
    if (term === undefined) return [];
    if (isMap(term)) return [[snakeCase(key), block(bodyOf(term, names))]];
    const printed = printTerm(term, names);
    return printed === undefined ? [] : [[snakeCase(key), expression(printed.code)]];
  });
  return Object.fromEntries(entries);
}

function isMap(term: Term): term is object {
  return typeof term === "object" && !Array.isArray(term) && !isOperator(term);
}
