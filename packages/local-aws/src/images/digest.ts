import { createHash } from "node:crypto";

/** The digest that identifies a blob or a manifest. */
export function digestOf(content: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}
