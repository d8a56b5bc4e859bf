import { type Status, symbolOf } from "../command-line/terminal/symbols.ts";
import type { Terminal } from "../command-line/terminal/terminal.ts";
import { duration, plural } from "../command-line/terminal/text.ts";
import type { BoardRow, StackBoard } from "./stack-board.ts";

/** The lines of a board on a terminal: one per stack and the totals, or fewer where they do not fit. */
export function renderBoard(board: StackBoard, terminal: Terminal, now: number, capacity: number): string[] {
  const { rows } = board;
  const totals = `  ${progressText(board, now)}`;
  const shown = rows.length + 1 <= capacity ? rows : mostRelevant(rows, capacity - 2);
  const lines = shown.map((row) => renderRow(board, row, terminal, now));
  const hidden = rows.filter((row) => !shown.includes(row));
  return [...(hidden.length > 0 ? [`  ${hiddenText(hidden, terminal)}`] : []), ...lines, totals];
}

/**
 * As many rows as fit, in their order: first those that failed and those that run, then the next that wait. Those that
 * are done are left out first.
 */
function mostRelevant(rows: readonly BoardRow[], capacity: number): readonly BoardRow[] {
  const importance: Readonly<Record<Status, number>> = {
    failed: 0,
    running: 1,
    interrupted: 2,
    skipped: 3,
    waiting: 4,
    done: 5,
  };
  const chosen = rows
    .filter(({ status }) => status !== "done")
    .toSorted((a, b) => importance[a.status] - importance[b.status])
    .slice(0, Math.max(0, capacity));
  return rows.filter((row) => chosen.includes(row));
}

/** `✔ 9 done, · 4 waiting`. */
function hiddenText(hidden: readonly BoardRow[], terminal: Terminal): string {
  const statuses: readonly Status[] = ["done", "failed", "interrupted", "skipped", "running", "waiting"];
  return statuses
    .flatMap((status) => {
      const count = hidden.filter((row) => row.status === status).length;
      return count > 0 ? [`${symbolOf(status, terminal, 0)} ${count} ${status}`] : [];
    })
    .join("  ");
}

function renderRow(board: StackBoard, row: BoardRow, terminal: Terminal, now: number): string {
  const { rows } = board;
  const width = Math.max(...rows.map(({ name }) => name.length));
  const textWidth = Math.max(20, ...rows.map(({ text }) => text.length));
  const elapsed = board.elapsed(row);
  const parts = [
    `  ${symbolOf(row.status, terminal, now)} ${row.name.padEnd(width)}`,
    ...(rows.some(({ resources }) => resources !== undefined) ? [resourcesText(row).padStart(13)] : []),
    textStyle(row, terminal, row.text.padEnd(textWidth)),
    ...(elapsed === undefined ? [] : [terminal.style("dim", duration(elapsed))]),
  ];
  return parts.join("  ").trimEnd();
}

function textStyle({ status }: BoardRow, terminal: Terminal, text: string): string {
  if (status === "failed") return terminal.style("red", text);
  if (status === "interrupted" || status === "skipped") return terminal.style("yellow", text);
  return status === "waiting" ? terminal.style("dim", text) : text;
}

function resourcesText({ resources }: BoardRow): string {
  return resources === undefined ? "" : plural(resources, "resource");
}

/** `9 of 17 stacks, 14 s`. */
function progressText(board: StackBoard, now: number): string {
  const done = board.rows.filter(({ status }) => status === "done").length;
  return `${done} of ${plural(board.rows.length, "stack")}, ${duration(now - board.startedAt)}`;
}

/**
 * What was done in total: `442 resources in 17 stacks, 38 s: 3 added, 439 unchanged`. Only stacks that succeeded count;
 * the others are named after them.
 */
export function totalsText({ rows, startedAt }: StackBoard, now: number, isDestruction = false): string {
  const done = rows.filter(({ status }) => status === "done");
  const resources = done.reduce((sum, row) => sum + (row.resources ?? 0), 0);
  const counted = rows.every((row) => row.resources !== undefined);
  const stacks = done.length === rows.length ? plural(done.length, "stack") : `${done.length} of ${rows.length} stacks`;
  const others = (["failed", "interrupted", "skipped", "waiting"] as const).flatMap((status) => {
    const count = rows.filter((row) => row.status === status).length;
    return count > 0 ? [`${count} ${status === "waiting" ? "not started" : status}`] : [];
  });
  const subject = counted ? `${plural(resources, "resource")} in ${stacks}` : stacks;
  const kept = counted && !isDestruction ? resources : 0;
  const details = [changesText(done, kept), others.join(", ")].filter((text) => text !== "").join("; ");
  return `${subject}, ${duration(now - startedAt)}${details === "" ? "" : `: ${details}`}`;
}

/**
 * What an apply has changed; empty when nothing was applied, as in a plan.
 *
 * @param resources the number of them that exist after the apply; 0 when it is not known.
 */
function changesText(done: readonly BoardRow[], resources: number): string {
  const applied = done.flatMap(({ changes }) => changes ?? []);
  if (applied.length === 0) return "";
  const sum = (kind: "add" | "change" | "remove") => applied.reduce((total, changes) => total + changes[kind], 0);
  const [added, changed, destroyed] = [sum("add"), sum("change"), sum("remove")];
  if (added + changed + destroyed === 0) return "no changes";
  const unchanged = Math.max(0, resources - added - changed);
  return [`${added} added`, `${changed} changed`, `${destroyed} destroyed`, `${unchanged} unchanged`]
    .filter((part) => !part.startsWith("0 "))
    .join(", ");
}
