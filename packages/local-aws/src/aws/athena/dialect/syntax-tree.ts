/** A node of DuckDB's syntax tree, in the form of `json_serialize_sql`. */
export type Node = { [member: string]: unknown };

/** The tree of a statement. `error` is set instead when it cannot be parsed. */
export interface SyntaxTree {
  readonly error: boolean;
  readonly error_message?: string;
  /** The offset in the statement, as text. */
  readonly position?: string;
  readonly statements?: readonly { node: Node }[];
}

/** A node and every node below it. */
export function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) {
    for (const element of value) yield* nodesOf(element);
  } else if (isNode(value)) {
    yield value;
    for (const member of Object.values(value)) yield* nodesOf(member);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses a tree without loss: integers that JavaScript cannot represent keep their digits. */
export function parseTree(json: string): SyntaxTree {
  return JSON.parse(json, reviveNumber);
}

export function copyOf(node: Node): Node {
  return JSON.parse(JSON.stringify(node), reviveNumber);
}

/** A part of the statement that the parser adds has the greatest 64-bit integer as its location. */
function reviveNumber(name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  if (name === "query_location") return 0;
  const { source = "" } = context ?? {};
  return /^-?\d+$/.test(source) ? rawJson(source) : value;
}

/** https://developer.mozilla.org/en-US/docs/Web/JavaScript/Reference/Global_Objects/JSON/rawJSON */
function rawJson(source: string): unknown {
  return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(source);
}

/** `line 1:8`, as in the messages of Athena. */
export function positionIn(statement: string, offset: unknown): string {
  const before = statement.slice(0, typeof offset === "number" ? offset : 0).split("\n");
  return `line ${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}
