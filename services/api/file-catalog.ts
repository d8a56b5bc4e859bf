import type { GenerationCache } from "../../lib/cache/generation-cache.ts";
import type { Database, Statement } from "../../lib/database/database.ts";
import { findByNameStatement, listStatement } from "./catalog-statements.ts";
import type { CatalogFile } from "./file-record.ts";
import type { CatalogFolderQuery } from "./folder-query.ts";
import {
  countStatement,
  entriesStatement,
  folderOf,
  type KeyRange,
  MAX_COUNTED,
  occupiedFoldersStatement,
  rangeOf,
} from "./folder-statements.ts";
import type { CatalogQuery } from "./list-query.ts";
import { type Match, searchCatalog } from "./search-catalog.ts";
import type { CatalogSearchQuery } from "./search-query.ts";
import type { SearchLimits } from "./search-statement.ts";

/** The file records, which are read without a request to the bucket. */
export interface FileCatalog {
  /** Up to `limit` records, and whether more follow. */
  list(query: CatalogQuery): Promise<FilePage>;
  /** Up to `limit` folders and files in the order of keys, and whether more follow. */
  listFolders(query: CatalogFolderQuery): Promise<FolderPage>;
  /** Up to `limit` matches, best first, and whether more follow. */
  search(query: CatalogSearchQuery): Promise<SearchPage>;
  /** Up to `limit` keys below the prefixes of files with this basename, in order. */
  findByName(filename: string, prefixes: readonly string[], limit: number): Promise<readonly string[]>;
}

export interface FilePage {
  readonly files: readonly CatalogFile[];
  readonly more: boolean;
}

export interface FolderPage {
  readonly entries: readonly FolderEntry[];
  readonly more: boolean;
}

export type FolderEntry = { readonly folder: Folder } | { readonly file: CatalogFile };

/** A folder with what the response contains of its readable files: no counts unless they were requested. */
export type Folder = { readonly prefix: string } & (
  | object
  | { readonly files: number; readonly size: number }
  | { readonly more_than: number }
);

export interface SearchPage {
  readonly matches: readonly (Omit<Match<unknown>, "row"> & { readonly file: CatalogFile })[];
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

/** The columns of a file are null in the row of a folder. */
type EntryRow = { readonly name: string } & (FileRow | { readonly key: null });

interface CountRow {
  readonly folder: string;
  readonly files: number;
  readonly size: number;
}

/** The catalog in PostgreSQL; `postgres-update` writes it. */
export class PostgresFileCatalog implements FileCatalog {
  readonly #database: Database;
  readonly #bucket: string;
  readonly #searchLimits: SearchLimits | undefined;

  constructor(database: Database, bucket: string, searchLimits?: SearchLimits) {
    this.#database = database;
    this.#bucket = bucket;
    this.#searchLimits = searchLimits;
  }

  async list(query: CatalogQuery): Promise<FilePage> {
    if (query.prefixes.length === 0) return { files: [], more: false };
    const { rows } = await this.#database.query<FileRow>(listStatement(this.#bucket, query));
    const files = rows.slice(0, query.limit).map((row) => this.#toFile(row));
    return { files, more: rows.length > query.limit };
  }

  async listFolders(query: CatalogFolderQuery): Promise<FolderPage> {
    const { prefixes, prefix, limit, counts } = query;
    if (prefixes.length === 0) return { entries: [], more: false };
    // Below a prefix that is not readable as a whole, there are only the folders that contain a readable prefix.
    const granted = prefixes.includes(prefix)
      ? undefined
      : prefixes.flatMap((readable) => rangeOf(folderOf(readable, prefix) ?? readable, readable));
    const statement = granted
      ? occupiedFoldersStatement(this.#bucket, granted, query)
      : entriesStatement(this.#bucket, query);
    const { rows } = await this.#database.query<EntryRow>(statement);
    const page = rows.slice(0, limit);
    const folders = page.filter((row) => !isFile(row)).map(({ name }) => name);
    const ranges = granted?.filter(({ folder }) => folders.includes(folder)) ?? folders.map((name) => rangeOf(name));
    const counted = counts && ranges.length > 0 ? await this.#count(ranges) : undefined;
    const entries = page.map((row) =>
      isFile(row)
        ? { file: this.#toFile(row) }
        : { folder: { prefix: row.name, ...(counted && countsOf(counted.get(row.name))) } },
    );
    return { entries, more: rows.length > limit };
  }

  async search(query: CatalogSearchQuery): Promise<SearchPage> {
    if (query.prefixes.length === 0) return { matches: [], more: false };
    const select = async (statement: Statement) => (await this.#database.query<FileRow>(statement)).rows;
    const found = await searchCatalog(this.#bucket, query, select, this.#searchLimits);
    const matches = found.map(({ row, ...match }) => ({ ...match, file: this.#toFile(row) }));
    return { matches: matches.slice(0, query.limit), more: matches.length > query.limit };
  }

  async findByName(filename: string, prefixes: readonly string[], limit: number): Promise<readonly string[]> {
    if (prefixes.length === 0) return [];
    const { rows } = await this.#database.query<Pick<FileRow, "key">>(
      findByNameStatement(this.#bucket, filename, prefixes, limit),
    );
    return rows.map(({ key }) => key);
  }

  async #count(ranges: readonly KeyRange[]): Promise<ReadonlyMap<string, CountRow>> {
    const statement: Statement = countStatement(this.#bucket, ranges);
    const { rows } = await this.#database.query<CountRow>(statement);
    return new Map(rows.map((row) => [row.folder, row]));
  }

  #toFile({ key, filename, date_added, size, etag, content_type }: FileRow): CatalogFile {
    return { filename, prefix_path: key, s3_bucket: this.#bucket, date_added, size, etag, content_type };
  }
}

const isFile = (row: EntryRow): row is { name: string } & FileRow => typeof row.key === "string";

const countsOf = (row: CountRow | undefined) => {
  const { files = 0, size = 0 } = row ?? {};
  return files > MAX_COUNTED ? { more_than: MAX_COUNTED } : { files, size };
};

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

  listFolders(query: CatalogFolderQuery): Promise<FolderPage> {
    const { prefixes, prefix, limit, sort, counts, after } = query;
    const id = ["folders", prefixes, prefix, limit, sort, counts, after];
    return this.#cache.read(id, () => this.#catalog.listFolders(query));
  }

  search(query: CatalogSearchQuery): Promise<SearchPage> {
    const { prefixes, text, limit, after } = query;
    return this.#cache.read(["search", prefixes, text, limit, after], () => this.#catalog.search(query));
  }

  findByName(filename: string, prefixes: readonly string[], limit: number): Promise<readonly string[]> {
    return this.#cache.read(["name", filename, prefixes, limit], () =>
      this.#catalog.findByName(filename, prefixes, limit),
    );
  }
}
