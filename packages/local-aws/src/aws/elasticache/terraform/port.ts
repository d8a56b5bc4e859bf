import { AwsError } from "../../../runtime/error.ts";
import { isFree } from "../../../runtime/ports.ts";
import type { ElastiCache } from "../elasticache.ts";

/** The configured port, which must be free, or one that is. */
export async function portFor(caches: ElastiCache, name: string, configured: unknown): Promise<number> {
  if (typeof configured !== "number") return caches.choosePort(name);
  if (await isFree(configured)) return configured;
  throw new AwsError(
    "InvalidParameterValue",
    `Port ${configured} of 127.0.0.1 is taken by another program. Stop it, or leave out "port" of the cache ${name}, so that a free one is chosen.`,
  );
}
