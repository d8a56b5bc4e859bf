/** A number or boolean as XML text; undefined when absent or unknown. */
export function scalarOf(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** Like {@link scalarOf}, for arguments that hashicorp/aws sets to 0 when they are absent. */
export function countOf(value: unknown): string | undefined {
  return value === 0 ? undefined : scalarOf(value);
}

/** A map of strings, such as tags. */
export function mapOf(value: unknown): Record<string, string> {
  const entries = value !== null && typeof value === "object" ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter(([, member]) => typeof member === "string"));
}

/** An XML text as a number attribute; null when absent. */
export function numberFrom(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

export function booleanFrom(text: string | undefined): boolean {
  return text === "true";
}
