import { describeError, type Log } from "../../lib/log/log.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { FileTable } from "./file-table.ts";

const INTERVAL_MS = 3_600_000;

/**
 * Creates a function that deletes old tombstones at most once an hour per sandbox. It logs failures and retries in the
 * next hour.
 */
export function createTombstoneCleanup(
  table: Pick<FileTable, "deleteOldTombstones">,
  clock: Clock,
  log: Log,
): () => Promise<void> {
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.now() < next) return;
    next = clock.now() + INTERVAL_MS;
    try {
      const deleted = await table.deleteOldTombstones();
      if (deleted > 0) log.info("Old tombstones were deleted", { deleted });
    } catch (error) {
      log.warn("Old tombstones could not be deleted", { error: describeError(error) });
    }
  };
}
