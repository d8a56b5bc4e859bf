/** A file in the API's responses. The member names are part of the original API and cannot change. */
export interface FileRecord {
  /** The last part of the key. */
  readonly filename: string;
  /** The whole key, which identifies the file. */
  readonly prefix_path: string;
  readonly s3_bucket: string;
  /** The API's own address for the file, by the scheme, host, port and stage of the request. */
  readonly url: string;
  /** ISO 8601 in UTC, with milliseconds: `2022-05-01T12:11:48.443Z`. */
  readonly date_added: string;
  /** Bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly content_type: string;
}

/** A file as the catalog returns it: what is the same for every caller. */
export type CatalogFile = Omit<FileRecord, "url">;
