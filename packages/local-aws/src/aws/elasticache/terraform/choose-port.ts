import { AwsError } from "../../../runtime/error.ts";
import { isFree } from "../../../runtime/ports.ts";
import type { Caches } from "../caches.ts";

/**
 * Returns the configured port, or a free one if none is configured.
 *
 * @throws AwsError `InvalidParameterValue` when the configured port is in use.
 */
export async function choosePort(caches: Caches, name: string, configured: unknown): Promise<number> {
  if (typeof configured !== "number") return caches.claimPort(name);
  if (await isFree(configured)) return configured;
  throw new AwsError(
    "InvalidParameterValue",
    `Another program uses port ${configured} of 127.0.0.1. Stop it, or remove "port" from the cache ${name} so that a free port is chosen.`,
  );
}
