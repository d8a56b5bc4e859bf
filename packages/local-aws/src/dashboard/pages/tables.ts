import type { DashboardSources } from "../sources.ts";
import type { TablesView, TableView } from "../views.ts";
import { matches, type Page } from "./page.ts";

const ITEMS_PER_PAGE = 50;

/** A value as DynamoDB writes it: its type, and the value. */
type AttributeValue = Readonly<Record<string, unknown>>;
type Item = Readonly<Record<string, AttributeValue>>;

interface Description {
  readonly Table: {
    readonly ItemCount?: number;
    readonly KeySchema?: readonly { readonly AttributeName: string }[];
  };
}

interface ScanResult {
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}

/** The DynamoDB tables with their items, page by page. */
export function tablesPage({ tables, records }: Pick<DashboardSources, "tables" | "records">): Page<TablesView> {
  const describe = async (name: string): Promise<TableView> => {
    const { Table: table } = await tables.call<Description>("DescribeTable", { TableName: name });
    return {
      name,
      items: table.ItemCount ?? 0,
      keys: (table.KeySchema ?? []).map(({ AttributeName: attribute }) => attribute),
    };
  };
  const rowsOf = async (name: string, start: string | null): Promise<TablesView["selected"]> => {
    const [{ keys }, { Items: items = [], LastEvaluatedKey: last }] = await Promise.all([
      describe(name),
      tables.call<ScanResult>("Scan", {
        TableName: name,
        Limit: ITEMS_PER_PAGE,
        ...(start !== null && { ExclusiveStartKey: decodeStart(start) }),
      }),
    ]);
    const others = new Set(items.flatMap((item) => Object.keys(item)));
    return {
      name,
      columns: [...keys, ...[...others].filter((column) => !keys.includes(column)).sort()],
      rows: items.map(plainItem),
      next: last && Buffer.from(JSON.stringify(last)).toString("base64url"),
    };
  };
  return {
    async read(query) {
      // The records, and not ListTables, so that the engine of a deployment without tables does not start.
      const names = records.ofType("aws_dynamodb_table").map(({ attributes }) => String(attributes.name));
      const shown = names.filter((name) => matches(query.get("q"), name)).sort();
      const selected = query.get("table");
      return {
        tables: await Promise.all(shown.map(describe)),
        selected: selected === null ? undefined : await rowsOf(selected, query.get("start")),
      };
    },
  };
}

function decodeStart(start: string): unknown {
  return JSON.parse(Buffer.from(start, "base64url").toString("utf8"));
}

function plainItem(item: Item): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

/** `{"S":"text"}` → `"text"`. Numbers stay text, because DynamoDB's have more digits than JavaScript's. */
function plainValue(value: AttributeValue): unknown {
  const [type = "NULL", content] = Object.entries(value)[0] ?? [];
  if (type === "NULL") return null;
  if (type === "L") return (content as readonly AttributeValue[]).map(plainValue);
  if (type === "M") return plainItem(content as Item);
  return content;
}
