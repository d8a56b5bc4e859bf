import { changedAddress, currentPlace, navigate, type Query } from "./address.ts";
import { announce } from "./announcer.ts";
import { type Child, h, icon } from "./dom.ts";
import { formatAge, formatFull } from "./format.ts";
import { ICONS } from "./icons.ts";

export type Tone = "neutral" | "good" | "warning" | "bad" | "accent";

const TYPING_PAUSE_MS = 200;

export function badge(text: string, tone: Tone = "neutral"): HTMLElement {
  return h("span", { class: `badge ${tone}` }, text);
}

export function card(heading: Child, ...children: readonly Child[]): HTMLElement {
  return h("section", { class: "card" }, heading && h("h2", {}, heading), ...children);
}

/** What to do when there is nothing to show. */
export function empty(title: string, ...nextStep: readonly Child[]): HTMLElement {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), h("p", {}, ...nextStep));
}

export function time(at: number): HTMLElement {
  return h("time", { datetime: new Date(at).toISOString(), title: formatFull(at) }, formatAge(at));
}

export function code(text: string): HTMLElement {
  return h("code", {}, text);
}

export function copyButton(text: string, what: string): HTMLElement {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    announce(`Copied ${what}.`);
  };
  const properties = { class: "button copy", type: "button", "aria-label": `Copy ${what}`, title: "Copy" };
  return h("button", { ...properties, onclick: () => void copy() }, icon(ICONS.copy));
}

/** A document to read and to copy. */
export function snippet(text: string, what: string): HTMLElement {
  return copyable(text, what, "code");
}

/** A command to read and to copy. Its lines are not wrapped. */
export function command(text: string, what: string): HTMLElement {
  return copyable(text, `the command: ${what}`, "code command");
}

function copyable(text: string, what: string, name: string): HTMLElement {
  const scrollable = { class: name, tabindex: 0, role: "region", "aria-label": what };
  return h("div", { class: "snippet" }, h("pre", scrollable, h("code", {}, text)), copyButton(text, what));
}

/** A field that filters the page, a moment after the last key. */
export function search(label: string, value: string | null, name = "q"): HTMLElement {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = (event: Event): void => {
    const typed = (event.target as HTMLInputElement).value;
    clearTimeout(timer);
    timer = setTimeout(() => navigate(changedAddress(currentPlace(), { [name]: typed }), "replace"), TYPING_PAUSE_MS);
  };
  const properties = { type: "search", value: value ?? "", placeholder: label, "aria-label": label };
  return h("input", { ...properties, class: "field search", spellcheck: "false", oninput: changed });
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A list to choose from that filters the page. */
export function choice(label: string, name: string, value: string | null, choices: readonly Choice[]): HTMLElement {
  const change = (event: Event): void => {
    navigate(changedAddress(currentPlace(), { [name]: (event.target as HTMLSelectElement).value }));
  };
  return h(
    "select",
    { class: "field", "aria-label": label, onchange: change },
    choices.map((option) =>
      h("option", { value: option.value, selected: option.value === (value ?? "") }, option.label),
    ),
  );
}

/** A box to tick that filters the page. */
export function toggle(label: string, name: string, query: URLSearchParams): HTMLElement {
  const change = (event: Event): void => {
    const { checked } = event.target as HTMLInputElement;
    navigate(changedAddress(currentPlace(), { [name]: checked ? "1" : undefined }));
  };
  return h(
    "label",
    { class: "toggle" },
    h("input", { type: "checkbox", checked: query.has(name), onchange: change }),
    label,
  );
}

/** A link to the same page with some members of the query changed. */
export function link(changes: Query, properties: Readonly<Record<string, string>>, ...children: readonly Child[]) {
  return h("a", { href: changedAddress(currentPlace(), changes), ...properties }, ...children);
}

export interface Column<Row> {
  readonly label: string;
  readonly numeric?: boolean;
  readonly cell: (row: Row) => Child;
}

interface TableOptions<Row> {
  readonly label: string;
  readonly key: (row: Row) => string | number;
  readonly isSelected?: (row: Row) => boolean;
}

/**
 * A table that scrolls in its own box when it is wider than its place. On a narrow window each row is a block of lines,
 * so the roles are given: browsers take them from tables that are shown in another way.
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { label, key, isSelected }: TableOptions<Row>,
): HTMLElement {
  const numeric = (column: Column<Row>) => ({ class: column.numeric ? "numeric" : undefined });
  const head = columns.map((column) =>
    h("th", { scope: "col", role: "columnheader", ...numeric(column) }, column.label),
  );
  const body = rows.map((row) =>
    h(
      "tr",
      { role: "row", "data-key": key(row), "aria-current": isSelected?.(row) ? "true" : undefined },
      columns.map((column) =>
        h("td", { role: "cell", "data-label": column.label, ...numeric(column) }, h("div", {}, column.cell(row))),
      ),
    ),
  );
  return h(
    "div",
    { class: "table", tabindex: 0, role: "region", "aria-label": label },
    h(
      "table",
      { role: "table", "aria-label": label },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
      h("tbody", { role: "rowgroup" }, body),
    ),
  );
}

/** Names with values. */
export function facts(entries: readonly (readonly [string, Child])[]): HTMLElement {
  return h(
    "dl",
    { class: "facts" },
    entries.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** A list with, beside it or in its place on a narrow window, what is selected in it. */
export function split(list: Child, selected: HTMLElement | undefined): HTMLElement {
  return h("div", { class: selected ? "split selected" : "split" }, h("div", { class: "list" }, list), selected);
}

/** What is selected. `close` leads back to the list. */
export function detail(title: string, close: Query, ...children: readonly Child[]): HTMLElement {
  return h(
    "section",
    { class: "detail card", "aria-label": title, "data-key": `detail ${title}` },
    h(
      "header",
      {},
      link(
        close,
        { class: "button back", "aria-label": "Back to the list", title: "Back to the list" },
        icon(ICONS.back),
      ),
      h("h2", {}, title),
    ),
    ...children,
  );
}
