import { createHash } from "node:crypto";
import type { IsSecret } from "./known-secrets.ts";

/** A value in a plan. Of a sensitive one only a digest is kept, so that nothing which prints values can print it. */
export type Value =
  /** Null, empty or not set: a plan has no other difference between them. */
  | { readonly kind: "absent" }
  | { readonly kind: "unknown" }
  /** @property digest undefined when the value is not known yet. */
  | { readonly kind: "sensitive"; readonly digest: string | undefined }
  /** Null occurs only in JSON documents. */
  | { readonly kind: "scalar"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly entries: ReadonlyMap<string, Value> };

export const ABSENT: Value = { kind: "absent" };
const UNKNOWN: Value = { kind: "unknown" };

/** The marks of a value in Terraform's plan: `true`, or the marks of what it contains. */
interface Marks {
  /** Of `before_sensitive` or `after_sensitive`. */
  readonly sensitive?: unknown;
  /** Of `after_unknown`. Unknown values are missing in the plan's value. */
  readonly unknown?: unknown;
}

/** Reads a value of Terraform's plan. @param isSecret finds texts that are sensitive although they are not marked. */
export function planValue(raw: unknown, { sensitive, unknown }: Marks, isSecret: IsSecret): Value {
  const hide = (): Value => ({ kind: "sensitive", digest: digest(raw, unknown) });
  if (sensitive === true) return raw === null && !unknown ? ABSENT : hide();
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(raw) || Array.isArray(unknown)) {
    const [items, marks, unknowns] = [raw, sensitive, unknown].map(asArray);
    const length = Math.max(items?.length ?? 0, unknowns?.length ?? 0);
    if (length === 0) return ABSENT;
    const values = Array.from({ length }, (_, index) =>
      planValue(items?.[index], { sensitive: marks?.[index], unknown: unknowns?.[index] }, isSecret),
    );
    return { kind: "list", items: values };
  }
  if (isObject(raw) || isObject(unknown)) {
    const [fields, marks, unknowns] = [raw, sensitive, unknown].map(asObject);
    const names = [...new Set([...Object.keys(fields ?? {}), ...Object.keys(unknowns ?? {})])].sort();
    const entries = names.map((name) => {
      const marked = { sensitive: marks?.[name], unknown: unknowns?.[name] };
      return [name, planValue(fields?.[name], marked, isSecret)] as const;
    });
    return entries.length === 0 ? ABSENT : { kind: "map", entries: new Map(entries) };
  }
  if (raw === null || raw === undefined) return ABSENT;
  if (typeof raw === "string" && isSecret(raw)) return hide();
  return { kind: "scalar", value: raw as string | number | boolean };
}

/** Reads a document. Other than in a plan, null and empty values have a meaning in it. */
export function documentValue(raw: unknown): Value {
  if (Array.isArray(raw)) return { kind: "list", items: raw.map(documentValue) };
  if (!isObject(raw)) return { kind: "scalar", value: raw as string | number | boolean | null };
  const names = Object.keys(raw).sort();
  return { kind: "map", entries: new Map(names.map((name) => [name, documentValue(raw[name])])) };
}

/** The value of a text that is a JSON object or array; undefined for every other value. */
export function parseDocument(value: Value): Value | undefined {
  if (value.kind !== "scalar" || typeof value.value !== "string" || !/^\s*[[{]/.test(value.value)) return undefined;
  try {
    return documentValue(JSON.parse(value.value));
  } catch {
    return undefined;
  }
}

/** The same text for equal values; undefined when a part is unknown, which equals nothing. */
export function keyOf(value: Value): string | undefined {
  if (value.kind === "unknown") return undefined;
  if (value.kind === "sensitive") return value.digest && `sensitive ${value.digest}`;
  if (value.kind === "scalar") return JSON.stringify(value.value);
  if (value.kind === "absent") return "absent";
  const parts =
    value.kind === "list"
      ? value.items.map(keyOf)
      : [...value.entries].map(([name, entry]) => prefixed(`${JSON.stringify(name)}:`, keyOf(entry)));
  return parts.includes(undefined) ? undefined : `${value.kind}(${parts.join()})`;
}

export function isSame(before: Value, after: Value): boolean {
  const key = keyOf(before);
  return key !== undefined && key === keyOf(after);
}

function prefixed(prefix: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : prefix + text;
}

function digest(raw: unknown, unknown: unknown): string | undefined {
  if (hasTrue(unknown)) return undefined;
  return createHash("sha256")
    .update(JSON.stringify(raw) ?? "")
    .digest("hex");
}

function hasTrue(marks: unknown): boolean {
  return marks === true || (typeof marks === "object" && marks !== null && Object.values(marks).some(hasTrue));
}

function isObject(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

function asArray(raw: unknown): readonly unknown[] | undefined {
  return Array.isArray(raw) ? raw : undefined;
}

function asObject(raw: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(raw) ? raw : undefined;
}
