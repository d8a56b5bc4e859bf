import type { Database, Statement } from "../../lib/database/database.ts";
import { SEQUENCER_LENGTH } from "./notification.ts";

/** The object with a key. */
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

/** The object with a key when the event with this sequencer was handled; undefined if there was none. */
export interface FileState extends FileId {
  readonly sequencer: string;
  readonly file: FileDescription | undefined;
}

/** The columns of a row that are compared with the bucket. */
export interface RecordedFile {
  readonly key: string;
  readonly sequencer: string;
  /** Undefined for a tombstone. */
  readonly file: Pick<FileDescription, "size" | "etag"> | undefined;
}

interface RecordedFileRow {
  readonly key: string;
  readonly sequencer: string;
  readonly size: number | null;
  readonly etag: string | null;
}

/** Longer than an older event may still arrive: 14 days in the queue and 14 days in the dead-letter queue. */
const TOMBSTONE_DAYS = 30;
const TOMBSTONE_BATCH_SIZE = 1_000;

/** The table of files, which `postgres-init` creates. Every method is idempotent. */
export class FileTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Saves the state unless the row has the state of a later event. */
  async record(state: FileState): Promise<void> {
    await this.#database.query(recordStatement(state));
  }

  /** Marks a row as removed if it is older than the removal. For events without a sequencer. */
  async removeAddedBefore({ bucket, key }: FileId, time: string): Promise<void> {
    await this.#database.query({
      name: "remove older",
      text: `update file set size = null, etag = null, content_type = null, date_added = null, removed_at = now()
             where bucket = $1 and key = $2 and removed_at is null and date_added <= $3`,
      values: [bucket, key, time],
    });
  }

  /** Up to 1,000 rows after a key, including tombstones, in the order of their keys' bytes; empty at the end. */
  async listAfter({ bucket, key }: FileId): Promise<readonly RecordedFile[]> {
    const { rows } = await this.#database.query<RecordedFileRow>({
      name: "list rows",
      text: `select key, sequencer, size::float8 as size, etag from file where bucket = $1 and key > $2 order by key limit 1000`,
      values: [bucket, key],
    });
    return rows.map(({ key: next, sequencer, size, etag }) => ({
      key: next,
      sequencer,
      file: size === null || etag === null ? undefined : { size, etag },
    }));
  }

  /**
   * Corrects a row without an event, unless an event has changed it since it was read. The row keeps its sequencer, and
   * a new row gets the lowest one, so that every later event replaces it.
   *
   * @param current the row as it was read; undefined if there was none
   * @returns whether the row was changed
   */
  async correct(id: FileId, current: RecordedFile | undefined, file: FileDescription | undefined): Promise<boolean> {
    const { count } = await this.#database.query(correctStatement(id, current, file));
    return count > 0;
  }

  /** Deletes up to 1,000 tombstones that are too old to be needed. Returns their number. */
  async deleteOldTombstones(): Promise<number> {
    const { count } = await this.#database.query({
      name: "delete tombstones",
      text: `delete from file where (bucket, key) in (
               select bucket, key from file where removed_at < now() - make_interval(days => $1) limit $2
             ) and removed_at is not null`,
      values: [TOMBSTONE_DAYS, TOMBSTONE_BATCH_SIZE],
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
    name: "record file",
    text: `insert into file as t (bucket, key, sequencer, size, etag, content_type, date_added, removed_at)
           values ($1, $2, rpad($3, ${SEQUENCER_LENGTH}, '0'), $4, $5, $6, $7, case when $4::bigint is null then now() end)
           on conflict (bucket, key) do update set
             sequencer = excluded.sequencer, size = excluded.size, etag = excluded.etag,
             content_type = excluded.content_type, date_added = excluded.date_added, removed_at = excluded.removed_at
           where t.sequencer < excluded.sequencer`,
    values: [bucket, key, sequencer, file?.size, file?.etag, file?.contentType, file?.dateAdded],
  };
}

function correctStatement(
  { bucket, key }: FileId,
  current: RecordedFile | undefined,
  file: FileDescription | undefined,
): Statement {
  const values = [bucket, key, current?.sequencer, file?.size, file?.etag, file?.contentType, file?.dateAdded];
  if (current) {
    const text = `update file set size = $4, etag = $5, content_type = $6, date_added = $7,
                    removed_at = case when $4::bigint is null then now() end
                  where bucket = $1 and key = $2 and sequencer = $3`;
    return { name: "correct file", text, values };
  }
  const text = `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
                values ($1, $2, coalesce($3, repeat('0', ${SEQUENCER_LENGTH})), $4, $5, $6, $7)
                on conflict do nothing`;
  return { name: "add missing file", text, values };
}
