/** A file in the API's responses. The member names are part of the original API and cannot change. */
export interface FileRecord {
  /** The last part of the key. */
  readonly filename: string;
  /** The whole key, which identifies the file. */
  readonly prefix_path: string;
  readonly s3_bucket: string;
  /** The object's URL in S3; downloading it requires a presigned URL. */
  readonly url: string;
  /** ISO 8601 in UTC, with milliseconds: `2022-05-01T12:11:48.443Z`. */
  readonly date_added: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly content_type: string;
}
