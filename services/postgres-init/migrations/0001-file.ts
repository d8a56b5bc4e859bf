/**
 * One row per key that has ever existed in a bucket. A removed file remains as a tombstone with the sequencer of its
 * removal, so that a late event of an older state does not restore it.
 *
 * Keys have the collation `C`, which compares bytes like S3. The sequencer is hexadecimal and padded with zeros on the
 * right, so that its text order is the order of events:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export const sql = `
  create table file (
    bucket text collate "C" not null,
    key text collate "C" not null,
    filename text collate "C" not null generated always as (substring(key from '[^/]*$')) stored,
    sequencer text collate "C" not null check (length(sequencer) = 64),
    size bigint,
    etag text,
    content_type text,
    date_added timestamptz(3),
    removed_at timestamptz,
    primary key (bucket, key),
    constraint file_is_described check (
      removed_at is not null
      or (size is not null and etag is not null and content_type is not null and date_added is not null)
    )
  );
  create index file_by_date on file (bucket, date_added, key) where removed_at is null;
  create index file_by_name on file (bucket, filename, key) where removed_at is null;
  create index file_removed on file (removed_at) where removed_at is not null;
`;
