import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { GenerationCache } from "../../lib/cache/generation-cache.ts";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { describeError, type Log } from "../../lib/log/log.ts";
import type { ObjectStore } from "../../lib/objects/object-store.ts";
import { describeFile } from "./describe-file.ts";
import type { FileDescription, FileTable } from "./file-table.ts";
import { type Change, parseNotification } from "./notification.ts";

export interface UpdateDependencies {
  readonly table: Pick<FileTable, "record" | "removeAddedBefore">;
  readonly bucket: (name: string) => Pick<ObjectStore, "head">;
  readonly cache: Pick<GenerationCache, "bump">;
  readonly log: Log;
}

/** A change with what the bucket held afterwards. */
interface ResolvedChange extends Change {
  readonly file: FileDescription | undefined;
}

type Message = SQSEvent["Records"][number];

/**
 * Brings the table up to a batch of S3 event notifications. Messages come at least once and in any order; each fails on its own, and
 * SQS brings the failed ones again, in the end to the dead-letter queue.
 *
 * An event only says *that* a key changed; what it holds now is asked of the bucket. A removal may have concerned an old version of a file
 * that is still there, and an upload may have been removed since. The answer is recorded under the event's sequencer: the bucket is asked
 * after the event happened, so the answer is the state of that event or of a later one, whose own event will be recorded over it. The event
 * with the highest sequencer therefore leaves the truth in the row.
 */
export function createUpdate(dependencies: UpdateDependencies): (event: SQSEvent) => Promise<SQSBatchResponse> {
  const { table, cache, log } = dependencies;

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
   * After the commit, and also when the rows were as they should be already: an earlier delivery may have been killed in between.
   * The rows are right without it; lists from the cache are then old for at most its time to live.
   */
  const announce = async (): Promise<void> => {
    try {
      await cache.bump();
    } catch (error) {
      log.warn("The cache could not be told of the update", { error: describeError(error) });
    }
  };

  return async ({ Records: messages }) => {
    const resolutions = await Promise.allSettled(messages.map(resolve));
    const failed = new Map<string, unknown>();
    let recorded = 0;
    let databaseAway: unknown;
    for (const [index, message] of messages.entries()) {
      const resolution = resolutions[index];
      try {
        if (resolution?.status !== "fulfilled") throw resolution?.reason;
        // The other messages would only wait for the database, too, until the function's own time is over.
        if (databaseAway !== undefined) throw databaseAway;
        for (const change of resolution.value) {
          await record(change);
          recorded += 1;
        }
      } catch (error) {
        if (error instanceof DatabaseUnavailableError) databaseAway = error;
        failed.set(message.messageId, error);
      }
    }
    for (const [messageId, error] of failed) {
      log.error("A message failed and will come again", { messageId, error: describeError(error) });
    }
    if (recorded > 0) await announce();
    log.info("Batch", { messages: messages.length, recorded, failed: failed.size });
    return { batchItemFailures: [...failed.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
