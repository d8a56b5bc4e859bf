import { AwsError, unsupported } from "../../../runtime/error.ts";
import { FORMATTING, FUNCTIONS, formatOf, MACROS, OPERATORS, PARSED_FUNCTIONS, RENAMED } from "./functions.ts";
import { isNode, type Node, nodesOf, positionIn, type SyntaxTree } from "./syntax-tree.ts";

/** A table that a statement reads. */
export interface TableReference {
  readonly database: string;
  readonly table: string;
  /** Where it is in the statement, such as `line 1:15`. */
  readonly position: string;
  /** The node, and that of the `SELECT` that reads only this table, if there is one. */
  readonly node: Node;
  readonly select: Node | undefined;
}

export interface TranslatedStatement {
  /** The node of the statement, in the dialect of DuckDB. */
  readonly node: Node;
  readonly tables: readonly TableReference[];
  /** Whether the pseudo column `$path` is read. */
  readonly readsPath: boolean;
}

/** Tables of a `FROM` clause that both dialects have. */
const TABLE_TYPES = new Set(["BASE_TABLE", "JOIN", "SUBQUERY", "EMPTY", "TABLE_FUNCTION", "EXPRESSION_LIST"]);
const UNSUPPORTED_CLASSES: Readonly<Record<string, string>> = {
  COLLATE: "collations",
  LAMBDA: "lambda expressions",
  PARAMETER: "parameters of queries",
  POSITIONAL_REFERENCE: "references to columns by #",
};
const CATALOG = "awsdatacatalog";

/**
 * Translates a statement from the dialect of Athena to that of DuckDB, in place.
 *
 * @param database the default database.
 * @throws AwsError `InvalidRequestException` when Athena would reject it, or the local AWS does not support it.
 */
export function translate(statement: string, tree: SyntaxTree, database: string): TranslatedStatement {
  const [first, ...others] = checkedStatements(statement, tree);
  if (!first || others.length > 0) throw invalid("Only one sql statement is allowed.");
  const { node } = first;
  checkText(statement);
  const names = commonTableNames(node);
  const tables: TableReference[] = [];
  for (const part of nodesOf(node)) {
    checkClause(part);
    translateExpression(statement, part);
    if (part.type === "SELECT_NODE") nameColumns(part);
    if (part.type === "BASE_TABLE") {
      const reference = tableReference(statement, part, database, names);
      if (reference) tables.push({ ...reference, select: selectOf(node, part) });
    }
  }
  const readsPath = [...nodesOf(node)].some(
    ({ column_names }) => Array.isArray(column_names) && column_names.at(-1) === "$path",
  );
  return { node, tables, readsPath };
}

function checkedStatements(statement: string, tree: SyntaxTree): readonly { node: Node }[] {
  if (tree.error) {
    const { error_message: message = "", position } = tree;
    if (/^Only SELECT/.test(message)) throw onlySelect();
    const where = position === undefined ? "line 1:1" : positionIn(statement, Number(position));
    throw invalid(`${where}: ${message}`, { AthenaErrorCode: "MALFORMED_QUERY" });
  }
  if (!/^[\s(]*(select|with|values|table)\b/i.test(withoutText(statement))) throw onlySelect();
  return tree.statements ?? [];
}

/** Syntax of DuckDB of which the tree keeps no trace. */
function checkText(statement: string): void {
  const text = withoutText(statement);
  if (text.includes("::")) throw unsupportedByAthena(`the operator "::"`, "Write cast(x as varchar).");
  for (const name of PARSED_FUNCTIONS) {
    if (!FUNCTIONS.has(name) && name !== "row" && new RegExp(`\\b${name}\\s*\\(`, "i").test(text))
      throw unknownFunction(name);
  }
}

/** The statement without the content of strings, quoted names and comments. */
function withoutText(statement: string): string {
  return statement.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    /^['"]/.test(part) ? part.slice(0, 1).repeat(2) : " ",
  );
}

function checkClause(node: Node): void {
  if (node.type === "SELECT_NODE") {
    if (node.qualify) throw unsupportedByAthena("QUALIFY");
    if (node.aggregate_handling !== "STANDARD_HANDLING") throw unsupportedByAthena("GROUP BY ALL");
    if (node.sample) throw unsupported("TABLESAMPLE", REQUEST);
  }
  if (node.type === "LIMIT_PERCENT_MODIFIER") throw unsupportedByAthena("LIMIT with percent");
  if ("from_table" in node && isNode(node.from_table)) checkTable(node.from_table);
  if (node.type === "JOIN") for (const side of [node.left, node.right]) if (isNode(side)) checkTable(side);
}

function checkTable({ type, function: called, sample }: Node): void {
  if (!TABLE_TYPES.has(String(type))) throw onlySelect();
  if (sample) throw unsupported("TABLESAMPLE", REQUEST);
  if (type === "TABLE_FUNCTION" && isNode(called) && called.function_name !== "unnest") {
    throw unknownFunction(String(called.function_name));
  }
}

function translateExpression(statement: string, node: Node): void {
  const feature = UNSUPPORTED_CLASSES[String(node.class)];
  if (feature !== undefined) throw unsupported(feature, REQUEST);
  if (node.class === "STAR") checkStar(node);
  if (node.class !== "FUNCTION" && node.class !== "WINDOW") return;
  const name = String(node.function_name).toLowerCase();
  if (OPERATORS.has(name) && node.is_operator === true) return;
  if (name === "like_escape" || name === "not_like_escape") return;
  if (PARSED_FUNCTIONS.has(name)) return;
  if (!FUNCTIONS.has(name)) throw unknownFunction(name, positionIn(statement, node.query_location));
  const formatting = FORMATTING.get(name);
  if (formatting !== undefined) translateFormat(name, node, formatting);
  else if (name in MACROS) node.function_name = `athena_${name}`;
  else node.function_name = RENAMED.get(name) ?? name;
}

/** DuckDB requires a constant. */
function translateFormat(name: string, node: Node, formatting: string): void {
  const format = Array.isArray(node.children) ? node.children[1] : undefined;
  const constant = isNode(format) && isNode(format.value) ? format.value : undefined;
  if (typeof constant?.value !== "string") throw unsupported(`a format of ${name} that is not a constant`, REQUEST);
  constant.value = formatOf(constant.value);
  node.function_name = formatting;
}

function checkStar(node: Node): void {
  const lists = [node.exclude_list, node.replace_list, node.qualified_exclude_list, node.rename_list];
  if (lists.some((list) => Array.isArray(list) && list.length > 0) || node.columns === true || node.expr) {
    throw unsupportedByAthena("changes of the columns of *", "List the columns.");
  }
}

/** Athena names columns without a name `_col0`, `_col1`, … */
function nameColumns({ select_list }: Node): void {
  if (!Array.isArray(select_list)) return;
  for (const [index, item] of select_list.entries()) {
    if (isNode(item) && item.alias === "" && item.class !== "COLUMN_REF" && item.class !== "STAR")
      item.alias = `_col${index}`;
  }
}

function commonTableNames(node: Node): ReadonlySet<string> {
  const names = [...nodesOf(node)].flatMap(({ cte_map }) =>
    isNode(cte_map) && Array.isArray(cte_map.map)
      ? cte_map.map.map(({ key }: { key: string }) => key.toLowerCase())
      : [],
  );
  return new Set(names);
}

/** Qualifies a table with its database. Undefined for the name of a `WITH` clause. */
function tableReference(
  statement: string,
  node: Node,
  defaultDatabase: string,
  names: ReadonlySet<string>,
): Omit<TableReference, "select"> | undefined {
  const [catalog, schema, name] = [node.catalog_name, node.schema_name, node.table_name].map((part) =>
    String(part).toLowerCase(),
  );
  if (schema === "" && names.has(name ?? "")) return undefined;
  if (catalog !== "" && catalog !== CATALOG) throw unsupported(`the catalog ${catalog}`, REQUEST);
  const database = schema || defaultDatabase.toLowerCase();
  if (database === "")
    throw invalid(
      `${positionIn(statement, node.query_location)}: Schema must be specified when session schema is not set`,
    );
  Object.assign(node, { catalog_name: "", schema_name: database, table_name: name });
  if (node.alias === "") node.alias = name;
  return { database, table: name ?? "", position: positionIn(statement, node.query_location), node };
}

function selectOf(root: Node, table: Node): Node | undefined {
  return [...nodesOf(root)].find(({ type, from_table }) => type === "SELECT_NODE" && from_table === table);
}

const REQUEST = { code: "InvalidRequestException" };

function invalid(message: string, details: Readonly<Record<string, unknown>> = {}): AwsError {
  return new AwsError("InvalidRequestException", message, 400, details);
}

function onlySelect(): AwsError {
  return unsupported("statements other than SELECT in Athena", REQUEST);
}

function unknownFunction(name: string, position = "line 1:1"): AwsError {
  return invalid(
    `${position}: Function '${name}' not registered. The local AWS supports a part of the functions of Athena, and this is not one of them.`,
  );
}

function unsupportedByAthena(feature: string, advice = ""): AwsError {
  return invalid(`Athena does not support ${feature}.${advice && ` ${advice}`}`);
}
