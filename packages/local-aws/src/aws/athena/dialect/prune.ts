import { copyOf, isNode, type Node, nodesOf } from "./syntax-tree.ts";
import type { TableReference } from "./translate.ts";

/** Names that are parsed as columns. */
const CONSTANTS = new Set(["current_date", "current_timestamp", "localtimestamp"]);

/**
 * The conditions on partition columns that every row of the table must meet, as an expression that refers only to them.
 * Undefined when there are none, or when the table is joined with others.
 */
export function partitionCondition(
  { select, node: table }: TableReference,
  partitionColumns: ReadonlySet<string>,
): Node | undefined {
  if (!select || !isNode(select.where_clause)) return undefined;
  const alias = String(table.alias).toLowerCase();
  const conditions = conjuncts(select.where_clause).filter((condition) =>
    isOnPartition(condition, partitionColumns, alias),
  );
  const [first, ...others] = conditions.map((condition) => unqualified(copyOf(condition)));
  if (!first || others.length === 0) return first;
  return { class: "CONJUNCTION", type: "CONJUNCTION_AND", alias: "", query_location: 0, children: [first, ...others] };
}

function conjuncts(node: Node): Node[] {
  if (node.type !== "CONJUNCTION_AND" || !Array.isArray(node.children)) return [node];
  return node.children.filter(isNode).flatMap(conjuncts);
}

function isOnPartition(condition: Node, partitionColumns: ReadonlySet<string>, alias: string): boolean {
  let columns = 0;
  for (const node of nodesOf(condition)) {
    if (node.class === "SUBQUERY") return false;
    if (node.class !== "COLUMN_REF") continue;
    const names = (node.column_names as readonly string[]).map((name) => name.toLowerCase());
    const name = names.at(-1) ?? "";
    if (names.length === 1 && CONSTANTS.has(name)) continue;
    if (!partitionColumns.has(name) || names.length > 2 || (names.length === 2 && names[0] !== alias)) return false;
    columns += 1;
  }
  return columns > 0;
}

function unqualified(condition: Node): Node {
  for (const node of nodesOf(condition)) {
    if (node.class === "COLUMN_REF") node.column_names = (node.column_names as readonly string[]).slice(-1);
  }
  return condition;
}
