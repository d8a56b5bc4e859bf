import type { Attributes } from "../../../provider/resource.ts";

/** A text argument; undefined when it is absent, unknown yet, or empty, which to hashicorp/aws is the same. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number or boolean as S3's XML writes it; undefined when it is absent or unknown yet. */
export function scalarOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** As {@link scalarOf}, where hashicorp/aws has 0 for what is not given. */
export function countOf(value: unknown): string | undefined {
  return value === 0 ? undefined : scalarOf(value);
}

/** The elements of a block. */
export function blocksOf(value: unknown): Attributes[] {
  return Array.isArray(value) ? (value as Attributes[]) : [];
}

/** The one element of a block that may be there once. */
export function blockOf(value: unknown): Attributes | undefined {
  return blocksOf(value)[0];
}

export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

/** A map of texts, as tags are. */
export function mapOf(value: unknown): Record<string, string> {
  const entries = value !== null && typeof value === "object" ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, member]) => typeof member === "string"));
}

/** The other way: a text of S3's XML as an attribute. */
export function numberFrom(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

export function booleanFrom(text: string | undefined): boolean {
  return text === "true";
}
