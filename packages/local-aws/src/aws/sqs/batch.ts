import { AwsError } from "../../runtime/error.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-batch-api-actions.html */
const MAX_ENTRIES = 10;

interface BatchEntry {
  readonly Id: string;
}

/** Handles each entry separately, so that a rejected entry does not affect the others. */
export function forEachEntry<Entry extends BatchEntry>(
  entries: readonly Entry[] = [],
  handle: (entry: Entry) => object | undefined,
): object {
  checkEntries(entries);
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...handle(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id: entry.Id, SenderFault: error.status < 500, Code: error.code, Message: error.message });
    }
  }
  return { Successful: successful, Failed: failed };
}

function checkEntries(entries: readonly BatchEntry[]): void {
  if (entries.length === 0) {
    throw new AwsError("EmptyBatchRequest", "There should be at least one entry in the request.");
  }
  if (entries.length > MAX_ENTRIES) {
    const message = `Maximum number of entries per request are ${MAX_ENTRIES}. You have sent ${entries.length}.`;
    throw new AwsError("TooManyEntriesInBatchRequest", message);
  }
  const wrong = entries.find(({ Id }) => !/^[\w-]{1,80}$/.test(Id));
  if (wrong) {
    const message = "A batch entry id can only contain alphanumeric characters, hyphens and underscores, at most 80.";
    throw new AwsError("InvalidBatchEntryId", message);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new AwsError("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
  }
}
