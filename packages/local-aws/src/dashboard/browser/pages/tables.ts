import type { TablesView, TableView } from "../../views.ts";
import { h } from "../dom.ts";
import { formatCount, valueText } from "../format.ts";
import { code, detail, empty, link, search, split, table } from "../parts.ts";
import type { PageView } from "./page-view.ts";

export const tables: PageView<TablesView> = {
  title: "Tables",
  summary: "DynamoDB tables and their items.",
  tools: (_, query) => [search("Search tables", query.get("q"))],
  render: ({ tables: all, selected }, query) =>
    split(all.length > 0 ? list(all, selected?.name) : nothing(query), selected && items(selected, query)),
};

function nothing(query: URLSearchParams): HTMLElement {
  return query.has("q")
    ? empty("No table matches", link({ q: undefined }, {}, "Show all tables"), ".")
    : empty("There is no table", "Deploy an aws_dynamodb_table; its items appear here.");
}

function list(all: readonly TableView[], selected: string | undefined): HTMLElement {
  return table(
    all,
    [
      { label: "Table", cell: ({ name }) => link({ table: name, start: undefined }, { class: "strong" }, name) },
      { label: "Key", cell: ({ keys }) => code(keys.join(", ")) },
      { label: "Items", numeric: true, cell: ({ items: count }) => formatCount(count) },
    ],
    { label: "Tables", key: ({ name }) => name, isSelected: ({ name }) => name === selected },
  );
}

function items(
  { name, columns, rows, next }: NonNullable<TablesView["selected"]>,
  query: URLSearchParams,
): HTMLElement {
  return detail(
    name,
    { table: undefined, start: undefined },
    rows.length === 0
      ? empty("The table is empty", "Items appear here when a program writes them.")
      : table(
          rows,
          columns.map((column) => ({
            label: column,
            cell: (row: Readonly<Record<string, unknown>>) => h("span", { class: "mono cell" }, valueText(row[column])),
          })),
          { label: `Items of ${name}`, key: (row) => JSON.stringify(row) },
        ),
    h(
      "nav",
      { class: "pages", "aria-label": "Pages of items" },
      query.has("start") && link({ start: undefined }, { class: "button" }, "First page"),
      next !== undefined && link({ start: next }, { class: "button" }, "Next page"),
    ),
  );
}
