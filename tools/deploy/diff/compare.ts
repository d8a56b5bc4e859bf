import { align } from "./align.ts";
import { matchElements } from "./match-elements.ts";
import { ABSENT, isSame, parseDocument, type Value } from "./value.ts";

export type Action = "same" | "add" | "remove" | "change";
/** Names of attributes and indices of elements. */
export type Path = readonly (string | number)[];

/** The difference between a value before and after a change. */
export type Difference = {
  readonly action: Action;
  readonly path: Path;
  /** This change makes Terraform replace the resource. */
  readonly forcesReplacement: boolean;
} & (
  | { readonly kind: "leaf"; readonly before: Value; readonly after: Value }
  | { readonly kind: "map"; readonly entries: readonly (readonly [string, Difference])[]; readonly toUnknown: boolean }
  | { readonly kind: "list"; readonly items: readonly Difference[]; readonly toUnknown: boolean }
  /** A text that contains JSON; nothing in the content differs when only its formatting does. */
  | { readonly kind: "document"; readonly content: Difference }
  | { readonly kind: "text"; readonly lines: readonly TextLine[] }
  /** A value of one type became a value of another type. */
  | { readonly kind: "retyped"; readonly removed: Difference; readonly added: Difference }
);

export interface TextLine {
  readonly action: Exclude<Action, "change">;
  readonly text: string;
}

/** @returns whether a change at this path makes Terraform replace the resource. */
export type Forces = (path: Path) => boolean;

export function compare(before: Value, after: Value, path: Path = [], forces: Forces = () => false): Difference {
  const action = actionOf(before, after);
  const common = { action, path, forcesReplacement: action !== "same" && forces(path) };
  const leaf = { ...common, kind: "leaf", before, after } as const;
  if (before.kind === "sensitive" || after.kind === "sensitive") return leaf;

  const toUnknown = after.kind === "unknown";
  const [old, current] = [before, toUnknown ? ABSENT : after];
  if (is("map", old) && is("map", current) && (old.kind === "map" || current.kind === "map")) {
    return { ...common, kind: "map", entries: compareEntries(old, current, path, forces), toUnknown };
  }
  if (is("list", old) && is("list", current) && (old.kind === "list" || current.kind === "list")) {
    return { ...common, kind: "list", items: compareItems(old, current, path, forces), toUnknown };
  }
  if (action === "change" && !toUnknown && old.kind !== current.kind) {
    const [removed, added] = [compare(old, ABSENT, path), compare(ABSENT, current, path)];
    return { ...common, kind: "retyped", removed, added };
  }
  if (toUnknown) return leaf;
  return compareTexts(old, current, common) ?? leaf;
}

function is(kind: Value["kind"], value: Value): boolean {
  return value.kind === kind || value.kind === "absent";
}

function actionOf(before: Value, after: Value): Action {
  if (isSame(before, after)) return "same";
  if (before.kind === "absent") return "add";
  return after.kind === "absent" ? "remove" : "change";
}

function compareEntries(before: Value, after: Value, path: Path, forces: Forces): (readonly [string, Difference])[] {
  const [old, current] = [before, after].map((value) => (value.kind === "map" ? value.entries : new Map()));
  const names = [...new Set([...(old?.keys() ?? []), ...(current?.keys() ?? [])])].sort();
  return names.map((name) => [
    name,
    compare(old?.get(name) ?? ABSENT, current?.get(name) ?? ABSENT, [...path, name], forces),
  ]);
}

function compareItems(before: Value, after: Value, path: Path, forces: Forces): Difference[] {
  const old = before.kind === "list" ? before.items : [];
  const current = after.kind === "list" ? after.items : [];
  return matchElements(old, current).map(([i, j]) =>
    compare(old[i ?? -1] ?? ABSENT, current[j ?? -1] ?? ABSENT, [...path, j ?? i ?? 0], forces),
  );
}

/** Compares JSON as JSON, and text of several lines by lines. */
function compareTexts(
  before: Value,
  after: Value,
  common: Pick<Difference, "action" | "path" | "forcesReplacement">,
): Difference | undefined {
  const documents = [before, after].map((value) => (value.kind === "absent" ? ABSENT : parseDocument(value)));
  const [old, current] = documents;
  if (old && current && (old.kind !== "absent" || current.kind !== "absent")) {
    return { ...common, kind: "document", content: compare(old, current, common.path) };
  }
  const texts = [before, after].map((value) => (value.kind === "scalar" ? value.value : ""));
  const [oldText, currentText] = texts;
  if (typeof oldText !== "string" || typeof currentText !== "string") return undefined;
  if (!texts.some((text) => String(text).trimEnd().includes("\n"))) return undefined;
  return { ...common, kind: "text", lines: compareLines(linesOf(oldText), linesOf(currentText)) };
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

function compareLines(before: readonly string[], after: readonly string[]): TextLine[] {
  return align(before, after).map(([i, j]) => {
    if (j === undefined) return { action: "remove", text: before[i ?? -1] ?? "" };
    return { action: i === undefined ? "add" : "same", text: after[j] ?? "" };
  });
}
