import type { GenerationCache } from "../../lib/cache/generation-cache.ts";
import type { Database, Statement } from "../../lib/database/database.ts";
import { objectUrl } from "../../lib/keys/object-key.ts";
import type { FileRecord } from "./file-record.ts";
import type { ListQuery, Sort } from "./list-query.ts";

/** The file records, which are read without a request to the bucket. */
export interface FileCatalog {
  /** Up to `limit` records, and whether more follow. */
  list(query: ListQuery): Promise<FilePage>;
  /** Up to `limit` keys of files with this basename, in order. */
  findByName(filename: string, limit: number): Promise<readonly string[]>;
}

export interface FilePage {
  readonly files: readonly FileRecord[];
  readonly more: boolean;
}

interface FileRow {
  readonly key: string;
  readonly filename: string;
  readonly date_added: string;
  readonly size: number;
  readonly etag: string;
  readonly content_type: string;
}

/** The columns of each sort. The key makes the order total, which keyset pagination requires. */
const orders: Readonly<Record<Sort, { columns: readonly string[]; direction: "asc" | "desc" }>> = {
  "-date_added": { columns: ["date_added", "key"], direction: "desc" },
  date_added: { columns: ["date_added", "key"], direction: "asc" },
  "-prefix_path": { columns: ["key"], direction: "desc" },
  prefix_path: { columns: ["key"], direction: "asc" },
};

/** The catalog in PostgreSQL; `postgres-update` writes it. */
export class PostgresFileCatalog implements FileCatalog {
  readonly #database: Database;
  readonly #bucket: string;
  readonly #region: string;

  constructor(database: Database, bucket: string, region: string) {
    this.#database = database;
    this.#bucket = bucket;
    this.#region = region;
  }

  async list(query: ListQuery): Promise<FilePage> {
    const { rows } = await this.#database.query<FileRow>(listStatement(this.#bucket, query));
    const files = rows.slice(0, query.limit).map((row) => this.#toRecord(row));
    return { files, more: rows.length > query.limit };
  }

  async findByName(filename: string, limit: number): Promise<readonly string[]> {
    const { rows } = await this.#database.query<Pick<FileRow, "key">>({
      text: "select key from file where bucket = $1 and filename = $2 and removed_at is null order by key limit $3",
      values: [this.#bucket, filename, limit],
    });
    return rows.map(({ key }) => key);
  }

  #toRecord({ key, filename, date_added, size, etag, content_type }: FileRow): FileRecord {
    const url = objectUrl(this.#bucket, this.#region, key);
    return { filename, prefix_path: key, s3_bucket: this.#bucket, url, date_added, size, etag, content_type };
  }
}

/** Selects one row more than requested, which shows whether another page follows. */
function listStatement(bucket: string, { prefix, limit, sort, after }: ListQuery): Statement {
  const { columns, direction } = orders[sort];
  const values: unknown[] = [bucket, limit + 1];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ["bucket = $1", "removed_at is null"];
  if (prefix !== "") conditions.push(`starts_with(key, ${parameter(prefix)})`);
  if (after) {
    const position = columns.map((column) =>
      column === "key" ? parameter(after.key) : `${parameter(after.date)}::timestamptz`,
    );
    conditions.push(`(${columns.join(", ")}) ${direction === "asc" ? ">" : "<"} (${position.join(", ")})`);
  }
  return {
    text: `select key, filename, etag, content_type, size::float8 as size,
             to_char(date_added at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as date_added
           from file where ${conditions.join(" and ")}
           order by ${columns.map((column) => `file.${column} ${direction}`).join(", ")} limit $2`,
    values,
  };
}

/** A catalog with a read-through cache, which `postgres-update` invalidates after each commit. */
export class CachedFileCatalog implements FileCatalog {
  readonly #catalog: FileCatalog;
  readonly #cache: Pick<GenerationCache, "read">;

  constructor(catalog: FileCatalog, cache: Pick<GenerationCache, "read">) {
    this.#catalog = catalog;
    this.#cache = cache;
  }

  list(query: ListQuery): Promise<FilePage> {
    const { prefix, limit, sort, after } = query;
    return this.#cache.read(["list", prefix, limit, sort, after], () => this.#catalog.list(query));
  }

  findByName(filename: string, limit: number): Promise<readonly string[]> {
    return this.#cache.read(["name", filename, limit], () => this.#catalog.findByName(filename, limit));
  }
}
