import type { Attributes } from "./resource.ts";

/** The only element of a block, or an empty one. */
export function block(value: unknown): Attributes {
  return (Array.isArray(value) && (value[0] as Attributes | null)) || {};
}

/** Terraform's null and the empty text are both "not given". */
export function optionalText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function text(value: unknown): string {
  return optionalText(value) ?? "";
}

/** What is not given, or not known before AWS computes it, takes the default. */
export function number(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
