import { randomBytes } from "node:crypto";

/** The last part of an ARN: 16 hexadecimal digits. */
export function newIdentifier(): string {
  return randomBytes(8).toString("hex");
}
