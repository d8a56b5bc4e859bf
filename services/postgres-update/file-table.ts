import type { Database, Statement } from "../../lib/database/database.ts";
import { SEQUENCER_LENGTH } from "./notification.ts";

/** What the bucket holds under a key. */
export interface FileDescription {
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly contentType: string;
  /** ISO 8601. */
  readonly dateAdded: string;
}

export interface FileId {
  readonly bucket: string;
  readonly key: string;
}

/** What a key held when the change of this sequencer was handled; undefined is nothing. */
export interface FileState extends FileId {
  readonly sequencer: string;
  readonly file: FileDescription | undefined;
}

/** A tombstone is needed as long as an older event may still come: 14 days in the queue and 14 in its dead letters. */
const TOMBSTONE_DAYS = 30;
const TOMBSTONES_AT_ONCE = 1_000;

/** The table that `postgres-init` makes. Every method may run twice. */
export class FileTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Takes the state over unless the row comes from a later change of the same key. */
  async record(state: FileState): Promise<void> {
    await this.#database.query(recordStatement(state));
  }

  /** Marks a row as removed when it is older than the removal; for removals without a sequencer. */
  async removeAddedBefore({ bucket, key }: FileId, time: string): Promise<void> {
    await this.#database.query({
      text: `update file set size = null, etag = null, content_type = null, date_added = null, removed_at = now()
             where bucket = $1 and key = $2 and removed_at is null and date_added <= $3`,
      values: [bucket, key, time],
    });
  }

  /** Deletes some of the tombstones that no event can need any more. */
  async deleteOldTombstones(): Promise<number> {
    const { count } = await this.#database.query({
      text: `delete from file where (bucket, key) in (
               select bucket, key from file where removed_at < now() - make_interval(days => $1) limit $2
             ) and removed_at is not null`,
      values: [TOMBSTONE_DAYS, TOMBSTONES_AT_ONCE],
    });
    return count;
  }
}

/**
 * Sequencers of one key may differ in length; padded with zeros on the right they compare as text.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
function recordStatement({ bucket, key, sequencer, file }: FileState): Statement {
  return {
    text: `insert into file as t (bucket, key, sequencer, size, etag, content_type, date_added, removed_at)
           values ($1, $2, rpad($3, ${SEQUENCER_LENGTH}, '0'), $4, $5, $6, $7, case when $4::bigint is null then now() end)
           on conflict (bucket, key) do update set
             sequencer = excluded.sequencer, size = excluded.size, etag = excluded.etag,
             content_type = excluded.content_type, date_added = excluded.date_added, removed_at = excluded.removed_at
           where t.sequencer < excluded.sequencer`,
    values: [bucket, key, sequencer, file?.size, file?.etag, file?.contentType, file?.dateAdded],
  };
}
