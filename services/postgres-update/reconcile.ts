import * as v from "valibot";
import type { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { ObjectLister, ObjectStore } from "../../lib/objects/object-store.ts";
import { describeFile, withoutQuotes } from "./describe-file.ts";
import type { FileTable, RecordedFile } from "./file-table.ts";

const payload = v.strictObject({
  name: v.literal("reconcile"),
  bucket: v.pipe(v.string(), v.nonEmpty()),
  /** The `next` of the previous run. */
  after: v.optional(v.string()),
});
export type ReconcilePayload = v.InferOutput<typeof payload>;

export class InvalidPayloadError extends Error {
  override readonly name = "InvalidPayloadError";
  readonly code = "InvalidPayload";
}

export interface ReconcileDependencies {
  readonly table: Pick<FileTable, "listAfter" | "correct">;
  readonly bucket: (name: string) => Pick<ObjectStore, "head"> & ObjectLister;
  readonly cache: Pick<GenerationCache, "bump">;
  /** Milliseconds until the function times out. */
  readonly timeLeft: () => number;
  readonly log: Log;
}

export interface ReconcileReport {
  /** Number of compared keys. */
  readonly compared: number;
  /** Number of files that were missing in the table. */
  readonly added: number;
  /** Number of files with different data in the table. */
  readonly corrected: number;
  /** Number of files that were in the table but not in the bucket. */
  readonly removed: number;
  /** Set when the time limit was reached: the `after` of the next run. */
  readonly next?: string;
}

/** Reserved for ending the run and returning the report. */
const RESERVE_MS = 5_000;

/**
 * Compares a bucket with its table, in one pass over both in key order, and corrects the table. Events may be handled
 * concurrently: for a difference, the object is read again, and a row that an event has changed since it was read is
 * not changed.
 *
 * @throws InvalidPayloadError
 */
export async function reconcile(event: unknown, dependencies: ReconcileDependencies): Promise<ReconcileReport> {
  if (!v.is(payload, event)) {
    throw new InvalidPayloadError('The payload must be {"name": "reconcile", "bucket": "…"} with an optional "after"');
  }
  const { table, cache, timeLeft, log } = dependencies;
  const bucket = dependencies.bucket(event.bucket);
  const counts = { compared: 0, added: 0, corrected: 0, removed: 0 };

  const repair = async (key: string, row: RecordedFile | undefined): Promise<void> => {
    const metadata = await bucket.head(key);
    const file = metadata && describeFile(metadata);
    if (!file && !row?.file) return;
    if (!(await table.correct({ bucket: event.bucket, key }, row, file))) return;
    if (!file) counts.removed += 1;
    else if (row?.file) counts.corrected += 1;
    else counts.added += 1;
  };

  const finish = async (next?: string): Promise<ReconcileReport> => {
    if (counts.added + counts.corrected + counts.removed > 0) {
      await cache
        .bump()
        .catch((error) => log.warn("The cache could not be invalidated", { error: describeError(error) }));
    }
    if (next === undefined) {
      log.info("Reconciled", counts);
      return counts;
    }
    const report = { ...counts, next };
    log.warn("The time limit was reached before all keys were compared", report);
    return report;
  };

  const after = event.after ?? "";
  const objects = pages(after, (key) => bucket.listAfter(key));
  const rows = pages(after, (key) => table.listAfter({ bucket: event.bucket, key }));
  let previous = after;
  for await (const { key, left: object, right: row } of mergeJoin(objects, rows)) {
    if (timeLeft() < RESERVE_MS) return finish(previous);
    counts.compared += 1;
    const same =
      object === undefined
        ? row?.file === undefined
        : row?.file?.size === object.size && row.file.etag === withoutQuotes(object.etag);
    if (!same) await repair(key, row);
    previous = key;
  }
  return finish();
}

interface Keyed {
  readonly key: string;
}

/** All entries after a key, fetched page by page. */
async function* pages<T extends Keyed>(
  after: string,
  fetchPage: (key: string) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  let page = await fetchPage(after);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    yield* page;
    page = await fetchPage(last.key);
  }
}

interface Pair<L, R> extends Keyed {
  readonly left: L | undefined;
  readonly right: R | undefined;
}

/** Joins two sequences that are in key order by their keys. */
async function* mergeJoin<L extends Keyed, R extends Keyed>(
  lefts: AsyncIterator<L, unknown>,
  rights: AsyncIterator<R, unknown>,
): AsyncGenerator<Pair<L, R>> {
  const next = async <T>(from: AsyncIterator<T, unknown>): Promise<T | undefined> => {
    const { done, value } = await from.next();
    return done ? undefined : (value as T);
  };
  let left = await next(lefts);
  let right = await next(rights);
  while (left || right) {
    const order = !left ? 1 : !right ? -1 : compareKeys(left.key, right.key);
    const key = (order <= 0 ? left?.key : right?.key) ?? "";
    yield { key, left: order <= 0 ? left : undefined, right: order >= 0 ? right : undefined };
    if (order <= 0) left = await next(lefts);
    if (order >= 0) right = await next(rights);
  }
}

/** Compares UTF-8 bytes, like S3 and the table. The order of JavaScript strings differs beyond U+FFFF. */
const compareKeys = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
