import * as v from "valibot";
import type { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { ObjectLister, ObjectStore } from "../../lib/objects/object-store.ts";
import { describeFile, withoutQuotes } from "./describe-file.ts";
import type { FileTable, KnownFile } from "./file-table.ts";

const request = v.strictObject({
  name: v.literal("reconcile"),
  bucket: v.pipe(v.string(), v.nonEmpty()),
  /** Where an earlier run ended. */
  after: v.optional(v.string()),
});
export type ReconcileRequest = v.InferOutput<typeof request>;

export class InvalidRequestError extends Error {
  override readonly name = "InvalidRequestError";
  readonly code = "InvalidRequest";
}

export interface ReconcileDependencies {
  readonly table: Pick<FileTable, "listAfter" | "correct">;
  readonly bucket: (name: string) => Pick<ObjectStore, "head"> & ObjectLister;
  readonly cache: Pick<GenerationCache, "bump">;
  /** Milliseconds until the run must have ended. */
  readonly timeLeft: () => number;
  readonly log: Log;
}

export interface ReconcileReport {
  /** Keys that were compared. */
  readonly compared: number;
  /** Files that the table did not know. */
  readonly added: number;
  /** Files that the table knew in another state. */
  readonly corrected: number;
  /** Files that the table knew and the bucket did not. */
  readonly removed: number;
  /** Present when the time was over: the `after` of the next run. */
  readonly next?: string;
}

/** Time to answer in once the run stops. */
const RESERVE_MS = 5_000;

/**
 * Compares a bucket and its table both ways, in one pass over both in the order of keys, and puts the table right. Events may be handled
 * meanwhile: whatever differs is asked of the bucket again, and a row that an event has changed since it was read is left alone.
 *
 * @throws InvalidRequestError
 */
export async function reconcile(event: unknown, dependencies: ReconcileDependencies): Promise<ReconcileReport> {
  if (!v.is(request, event)) {
    throw new InvalidRequestError('The payload must be {"name": "reconcile", "bucket": "…"} with an optional "after"');
  }
  const { table, cache, timeLeft, log } = dependencies;
  const bucket = dependencies.bucket(event.bucket);
  const counts = { compared: 0, added: 0, corrected: 0, removed: 0 };

  const repair = async (key: string, row: KnownFile | undefined): Promise<void> => {
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
      await cache.bump().catch((error) => log.warn("The cache could not be told", { error: describeError(error) }));
    }
    if (next === undefined) {
      log.info("Reconciled", counts);
      return counts;
    }
    const report = { ...counts, next };
    log.warn("The time was over before everything was compared", report);
    return report;
  };

  const after = event.after ?? "";
  const objects = pages(after, (key) => bucket.listAfter(key));
  const rows = pages(after, (key) => table.listAfter({ bucket: event.bucket, key }));
  let previous = after;
  for await (const { key, left: object, right: row } of merged(objects, rows)) {
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

/** Everything after a key, fetched page by page. */
async function* pages<T extends Keyed>(
  after: string,
  fetch: (key: string) => Promise<readonly T[]>,
): AsyncGenerator<T> {
  let page = await fetch(after);
  for (let last = page.at(-1); last; last = page.at(-1)) {
    yield* page;
    page = await fetch(last.key);
  }
}

interface Pair<L, R> extends Keyed {
  readonly left: L | undefined;
  readonly right: R | undefined;
}

/** Two sequences in the order of keys as one: what either has of each key. */
async function* merged<L extends Keyed, R extends Keyed>(
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

/** By UTF-8 bytes, as S3 and the table order keys; JavaScript's own order differs beyond the first 65,536 characters. */
const compareKeys = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
