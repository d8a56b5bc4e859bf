import type { Attributes } from "./resource-handler.ts";

/** The only element of a block, or an empty one. */
export function block(value: unknown): Attributes {
  return (Array.isArray(value) && (value[0] as Attributes | null)) || {};
}

/** The elements of a block that may be repeated; none for a block that is not set. */
export function blocks(value: unknown): Attributes[] {
  return Array.isArray(value)
    ? value.filter((element): element is Attributes => typeof element === "object" && element !== null)
    : [];
}

/** Undefined for null and for the empty string. */
export function optionalText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function text(value: unknown): string {
  return optionalText(value) ?? "";
}

/** The default for a value that is not set, or unknown. */
export function number(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

/** The elements of a list or a set of strings; none for one that is not set. */
export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : [];
}

/** The elements of a list, or the value of a single nested block. */
export function elements(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return value === null || value === undefined ? [] : [value];
}
