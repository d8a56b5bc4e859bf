import type { GenerationCache } from "../../lib/cache/generation-cache.ts";
import type { Database } from "../../lib/database/database.ts";
import { findByNameStatement, listStatement } from "./catalog-statements.ts";
import type { CatalogFile } from "./file-record.ts";
import type { CatalogQuery } from "./list-query.ts";

/** The file records, which are read without a request to the bucket. */
export interface FileCatalog {
  /** Up to `limit` records, and whether more follow. */
  list(query: CatalogQuery): Promise<FilePage>;
  /** Up to `limit` keys below the prefixes of files with this basename, in order. */
  findByName(filename: string, prefixes: readonly string[], limit: number): Promise<readonly string[]>;
}

export interface FilePage {
  readonly files: readonly CatalogFile[];
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

/** The catalog in PostgreSQL; `postgres-update` writes it. */
export class PostgresFileCatalog implements FileCatalog {
  readonly #database: Database;
  readonly #bucket: string;

  constructor(database: Database, bucket: string) {
    this.#database = database;
    this.#bucket = bucket;
  }

  async list(query: CatalogQuery): Promise<FilePage> {
    if (query.prefixes.length === 0) return { files: [], more: false };
    const { rows } = await this.#database.query<FileRow>(listStatement(this.#bucket, query));
    const files = rows.slice(0, query.limit).map((row) => this.#toFile(row));
    return { files, more: rows.length > query.limit };
  }

  async findByName(filename: string, prefixes: readonly string[], limit: number): Promise<readonly string[]> {
    if (prefixes.length === 0) return [];
    const { rows } = await this.#database.query<Pick<FileRow, "key">>(
      findByNameStatement(this.#bucket, filename, prefixes, limit),
    );
    return rows.map(({ key }) => key);
  }

  #toFile({ key, filename, date_added, size, etag, content_type }: FileRow): CatalogFile {
    return { filename, prefix_path: key, s3_bucket: this.#bucket, date_added, size, etag, content_type };
  }
}

/**
 * A catalog with a read-through cache, which `postgres-update` invalidates after each commit. The prefixes are part of
 * an entry's key: callers with the same permissions share entries, and no caller receives those of wider ones.
 */
export class CachedFileCatalog implements FileCatalog {
  readonly #catalog: FileCatalog;
  readonly #cache: Pick<GenerationCache, "read">;

  constructor(catalog: FileCatalog, cache: Pick<GenerationCache, "read">) {
    this.#catalog = catalog;
    this.#cache = cache;
  }

  list(query: CatalogQuery): Promise<FilePage> {
    const { prefixes, limit, sort, after } = query;
    return this.#cache.read(["list", prefixes, limit, sort, after], () => this.#catalog.list(query));
  }

  findByName(filename: string, prefixes: readonly string[], limit: number): Promise<readonly string[]> {
    return this.#cache.read(["name", filename, prefixes, limit], () =>
      this.#catalog.findByName(filename, prefixes, limit),
    );
  }
}
