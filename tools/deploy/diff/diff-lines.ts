import type { Action, Difference, TextLine } from "./compare.ts";
import { type DiffLine, INDENT, type LineOptions, MARGIN, type Mark } from "./diff-line.ts";
import { IDENTIFYING_NAMES } from "./match-elements.ts";
import { escapeLine, quote, quoteShortened, shorten, shortenVersions } from "./shorten.ts";
import type { Value } from "./value.ts";

/** Characters of a value, if the line has room for them. */
const MAX_VALUE = 120;
const MIN_VALUE = 16;
/** The characters around a value that stands in a line of its own: `-> "value"`. */
const QUOTES_AND_ARROW = 5;
/** Unchanged lines before and after a changed one of a text. */
const TEXT_CONTEXT = 1;

const MARKS: Readonly<Record<Action, Mark>> = { same: "", add: "+", remove: "-", change: "~" };
const TO_UNKNOWN = " -> (known after apply)";

interface Context extends LineOptions {
  readonly depth: number;
  /** Inside of a JSON document, which has no blocks and no `-> null`. */
  readonly inDocument: boolean;
}

type MapDifference = Extract<Difference, { kind: "map" }>;
type Entry = readonly [name: string, difference: Difference];

/** The lines of a resource's attributes, or of outputs, in the way of Terraform: attributes first, then blocks. */
export function attributeLines(difference: Difference, depth: number, options: LineOptions): DiffLine[] {
  if (difference.kind !== "map") return [];
  return bodyLines(difference, { ...options, depth, inDocument: false });
}

function bodyLines({ entries, action }: MapDifference, context: Context): DiffLine[] {
  const visible = entries.filter(([, difference]) => context.verbose || !isEmpty(difference, context));
  const isShown = ([name, difference]: Entry) =>
    context.verbose || difference.action !== "same" || (action === "change" && isIdentifying(name, difference));
  const isBlock = ([, difference]: Entry) => !context.inDocument && isBlockList(difference);
  const attributes = visible.filter((entry) => !isBlock(entry));
  const blocks = visible.filter(isBlock);
  const shown = attributes.filter(isShown).map(([name, difference]) => [nameText(name), difference] as const);
  const width = Math.max(0, ...shown.map(([name]) => name.length));
  const shownBlocks = blocks.filter(isShown);
  return [
    ...shown.flatMap(([name, difference]) => valueLines(`${name.padEnd(width)} = `, "", difference, context)),
    ...hidden(attributes.length - shown.length, "attribute", context),
    ...shownBlocks.flatMap((block) => [...(attributes.length > 0 ? [EMPTY] : []), ...blockLines(block, context)]),
    ...hidden(blocks.length - shownBlocks.length, "block", context),
  ];
}

const EMPTY: DiffLine = { mark: "", depth: 0, text: "" };

function blockLines([name, difference]: Entry, context: Context): DiffLine[] {
  if (difference.kind !== "list") return [];
  const shown = difference.items.filter((item) => context.verbose || item.action !== "same");
  const forced = (item: Difference) =>
    item.action !== "same" && difference.forcesReplacement ? { ...item, forcesReplacement: true } : item;
  return [
    ...shown.flatMap((item) => valueLines(`${nameText(name)} `, "", forced(item), context)),
    ...hidden(difference.items.length - shown.length, "block", context),
  ];
}

/** @param prefix before the value, such as `name = `. @param suffix after it, such as a comma. */
function valueLines(prefix: string, suffix: string, difference: Difference, context: Context): DiffLine[] {
  const { depth } = context;
  const comment = difference.forcesReplacement ? { comment: "forces replacement" } : {};
  const mark = MARKS[difference.action];
  const inner = { ...context, depth: depth + 1 };
  const enclosed = (open: string, content: readonly DiffLine[], close: string): DiffLine[] => [
    { mark, depth, text: prefix + open, ...comment },
    ...content,
    { mark: "", depth, text: close + suffix },
  ];
  switch (difference.kind) {
    case "leaf":
      return leafLines(prefix, suffix, difference, context);
    case "map":
      if (difference.entries.length === 0) return [{ mark, depth, text: `${prefix}{}${suffix}`, ...comment }];
      return enclosed("{", bodyLines(difference, inner), `}${difference.toUnknown ? TO_UNKNOWN : ""}`);
    case "list":
      if (difference.items.length === 0) return [{ mark, depth, text: `${prefix}[]${suffix}`, ...comment }];
      return enclosed("[", itemLines(difference.items, inner), `]${difference.toUnknown ? TO_UNKNOWN : ""}`);
    case "document": {
      const { content } = difference;
      if (content.action === "same" && difference.action === "change") {
        return [{ mark, depth, text: `${prefix}jsonencode(…)${suffix}`, comment: "only formatting changes" }];
      }
      return enclosed("jsonencode(", valueLines("", "", content, { ...inner, inDocument: true }), ")");
    }
    case "text":
      return enclosed("<<-EOT", textLines(difference.lines, inner), "EOT");
    case "retyped":
      return [difference.removed, difference.added].flatMap((part) => {
        const forcesReplacement = difference.forcesReplacement && part === difference.added;
        return valueLines(prefix, suffix, { ...part, forcesReplacement }, context);
      });
  }
}

function itemLines(items: readonly Difference[], context: Context): DiffLine[] {
  const shown = items.filter(({ action }) => context.verbose || action !== "same");
  return [
    ...shown.flatMap((item) => valueLines("", ",", item, context)),
    ...hidden(items.length - shown.length, "element", context),
  ];
}

function leafLines(
  prefix: string,
  suffix: string,
  { action, before, after, forcesReplacement }: Extract<Difference, { kind: "leaf" }>,
  context: Context,
): DiffLine[] {
  const { depth, width, verbose } = context;
  const room = width - MARGIN - INDENT * depth - prefix.length - suffix.length;
  const length = verbose ? Number.POSITIVE_INFINITY : Math.min(MAX_VALUE, Math.max(MIN_VALUE, room - QUOTES_AND_ARROW));
  const line = { mark: MARKS[action], depth } as const;
  const comment = forcesReplacement ? { comment: "forces replacement" } : {};
  if (action !== "change" || (before.kind === "sensitive" && after.kind === "sensitive")) {
    const value = after.kind === "absent" ? before : after;
    const isList = prefix === "";
    const removed = action === "remove" && !context.inDocument && !isList ? " -> null" : "";
    const short = Math.max(MIN_VALUE, length - removed.length);
    return [{ ...line, text: `${prefix}${leafText(value, short)}${removed}${suffix}`, ...comment }];
  }
  const [old, current] = versionTexts(before, after, length);
  const single = `${old} -> ${current}`;
  if (single.length + (forcesReplacement ? "  # forces replacement".length : 0) <= room) {
    return [{ ...line, text: prefix + single + suffix, ...comment }];
  }
  const indent = " ".repeat(Math.max(0, prefix.length - 3));
  return [
    { ...line, text: prefix + old },
    { ...line, mark: "", text: `${indent}-> ${current}${suffix}`, ...comment },
  ];
}

function versionTexts(before: Value, after: Value, length: number): readonly [string, string] {
  const [old, current] = [stringOf(before), stringOf(after)];
  if (old === undefined || current === undefined) return [leafText(before, length), leafText(after, length)];
  const [shortOld, shortCurrent] = shortenVersions(old, current, length);
  return [quote(shortOld), quote(shortCurrent)];
}

function leafText(value: Value, length: number): string {
  if (value.kind === "sensitive") return "(sensitive value)";
  if (value.kind === "unknown") return "(known after apply)";
  if (value.kind !== "scalar" || value.value === null) return "null";
  return typeof value.value === "string" ? quoteShortened(value.value, length) : String(value.value);
}

function stringOf(value: Value): string | undefined {
  return value.kind === "scalar" && typeof value.value === "string" ? value.value : undefined;
}

/** The changed lines of a text, and what is next to them. */
function textLines(lines: readonly TextLine[], context: Context): DiffLine[] {
  const { depth, width, verbose } = context;
  const length = verbose ? Number.POSITIVE_INFINITY : Math.max(MIN_VALUE, width - MARGIN - INDENT * depth);
  const isNear = (index: number) =>
    lines.slice(Math.max(0, index - TEXT_CONTEXT), index + TEXT_CONTEXT + 1).some(({ action }) => action !== "same");
  const result: DiffLine[] = [];
  let skipped = 0;
  for (const [index, { action, text }] of lines.entries()) {
    if (!verbose && !isNear(index)) {
      skipped += 1;
      continue;
    }
    result.push(...hidden(skipped, "line", context));
    skipped = 0;
    result.push({ mark: MARKS[action], depth, text: shorten(escapeLine(text), length) });
  }
  return [...result, ...hidden(skipped, "line", context)];
}

function hidden(count: number, noun: string, { depth }: Context): DiffLine[] {
  if (count === 0) return [];
  const text = `# (${count} unchanged ${noun}${count === 1 ? "" : "s"} hidden)`;
  return [{ mark: "", depth, text, tone: "dim" }];
}

/** A list of objects is a block in nearly all resources. A plan does not tell one from the other. */
function isBlockList(difference: Difference): boolean {
  if (difference.kind !== "list" || difference.toUnknown || difference.items.length === 0) return false;
  return difference.items.every(({ kind }) => kind === "map");
}

/** An attribute that is not set before and after. Most providers use the empty text for that too. */
function isEmpty(difference: Difference, { inDocument }: Context): boolean {
  if (difference.kind !== "leaf") return false;
  const { before, after } = difference;
  const isUnset = (value: Value) => value.kind === "absent" || (!inDocument && stringOf(value) === "");
  return isUnset(before) && isUnset(after);
}

function isIdentifying(name: string, { kind }: Difference): boolean {
  return kind === "leaf" && IDENTIFYING_NAMES.includes(name);
}

function nameText(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : quote(name);
}
