import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { ObjectStore } from "../../lib/objects/object-store.ts";
import { traceMessage } from "../../lib/tracing/trace-message.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { describeFile } from "./describe-file.ts";
import type { FileDescription, FileTable } from "./file-table.ts";
import { type Change, parseNotification } from "./notification.ts";

export interface UpdateDependencies {
  readonly table: Pick<FileTable, "record" | "removeAddedBefore">;
  readonly bucket: (name: string) => Pick<ObjectStore, "head">;
  readonly cache: Pick<GenerationCache, "bump">;
  readonly log: Log;
  readonly tracer: Tracer;
}

/** A change with the current object of its key. */
interface ResolvedChange extends Change {
  readonly file: FileDescription | undefined;
}

type Message = SQSEvent["Records"][number];

/**
 * Updates the table from a batch of S3 event notifications. Messages are delivered at least once and in any order. Each
 * fails individually; SQS delivers failed messages again, and finally moves them to the dead-letter queue.
 *
 * An event only means *that* a key changed, so the current object is read from the bucket: a removal may concern a
 * noncurrent version of a file that still exists, and an uploaded file may have been removed since. The result is
 * recorded with the sequencer of the event. The bucket is read after the event, so the result is the state of this
 * event or of a later one, whose own event will replace it. The event with the highest sequencer therefore records the
 * final state.
 */
export function createUpdate(dependencies: UpdateDependencies): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const { table, cache, log, tracer } = dependencies;

  const describe = async (change: Change): Promise<ResolvedChange> => {
    const metadata = await dependencies.bucket(change.bucket).head(change.key);
    return { ...change, file: metadata && describeFile(metadata, change.stored ? change.happenedAt : undefined) };
  };

  const resolve = async (message: Message): Promise<readonly ResolvedChange[]> =>
    Promise.all(parseNotification(message.body).map(describe));

  const record = async ({ bucket, key, sequencer, happenedAt, file }: ResolvedChange): Promise<void> => {
    if (sequencer !== undefined) await table.record({ bucket, key, sequencer, file });
    else if (!file) await table.removeAddedBefore({ bucket, key }, happenedAt);
  };

  /**
   * Invalidates the cache after the commit, even if no row changed: an earlier delivery may have been interrupted
   * before it did. If this fails, cached lists are stale until their time to live ends.
   */
  const invalidateCache = async (): Promise<void> => {
    try {
      await cache.bump();
    } catch (error) {
      log.warn("The cache could not be invalidated", { error: describeError(error) });
    }
  };

  return async ({ Records: messages }) => {
    const resolutions = await Promise.allSettled(messages.map(resolve));
    const failed = new Map<string, unknown>();
    let recorded = 0;
    let databaseError: unknown;
    for (const [index, message] of messages.entries()) {
      const resolution = resolutions[index];
      try {
        if (resolution?.status !== "fulfilled") throw resolution?.reason;
        // The remaining messages would also wait for the database, until the function times out.
        if (databaseError !== undefined) throw databaseError;
        const changes = resolution.value;
        await traceMessage(tracer, message, async () => {
          for (const change of changes) {
            await record(change);
            recorded += 1;
          }
        });
      } catch (error) {
        if (error instanceof DatabaseUnavailableError) databaseError = error;
        failed.set(message.messageId, error);
      }
    }
    for (const [messageId, error] of failed) {
      log.error("A message failed and will be delivered again", { messageId, error: describeError(error) });
    }
    if (recorded > 0) await invalidateCache();
    log.info("Batch", { messages: messages.length, recorded, failed: failed.size });
    return { batchItemFailures: [...failed.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
