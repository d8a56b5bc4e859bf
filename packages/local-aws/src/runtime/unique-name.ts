import { randomBytes } from "node:crypto";

/** The digits that Terraform puts after a `name_prefix`. */
const SUFFIX_DIGITS = 26;

/** The name that the user gave, or one that starts with their prefix; of a planned resource, whose name may be unknown still. */
export function givenOrUniqueName(name: unknown, prefix: unknown): string {
  if (typeof name === "string" && name !== "") return name;
  const suffix = randomBytes(SUFFIX_DIGITS / 2).toString("hex");
  return `${typeof prefix === "string" && prefix !== "" ? prefix : "terraform-"}${suffix}`;
}
