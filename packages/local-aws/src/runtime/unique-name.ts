import { randomBytes } from "node:crypto";

/** The digits that Terraform appends to a `name_prefix`. */
const SUFFIX_DIGITS = 26;

/**
 * The configured name, or a unique one that starts with the configured prefix. The name of a planned resource may still
 * be unknown.
 */
export function configuredOrUniqueName(name: unknown, prefix: unknown): string {
  if (typeof name === "string" && name !== "") return name;
  const suffix = randomBytes(SUFFIX_DIGITS / 2).toString("hex");
  return `${typeof prefix === "string" && prefix !== "" ? prefix : "terraform-"}${suffix}`;
}
