import { afterAll, beforeAll, beforeEach } from "vitest";
import { type FilesDatabase, startFilesDatabase } from "../../postgres-init/testing/files-database.ts";
import { PostgresFileCatalog } from "../file-catalog.ts";

export const bucket = "nv-demo-storage";

export interface Row {
  readonly key: string;
  readonly date?: string;
  /** Bytes. */
  readonly size?: number;
}

/** A catalog of a real database for one test file, which is empty before each test. */
export class CatalogDatabase {
  readonly files: FilesDatabase;
  readonly catalog: PostgresFileCatalog;

  constructor(files: FilesDatabase) {
    this.files = files;
    this.catalog = new PostgresFileCatalog(files.database, bucket);
  }

  query(text: string, values: unknown[] = []) {
    return this.files.admin.query(text, values);
  }

  async clear(): Promise<void> {
    await this.query("truncate file");
  }

  async insert(rows: readonly Row[]): Promise<void> {
    await this.query(
      `insert into file (bucket, key, sequencer, size, etag, content_type, date_added)
       select $1, key, repeat('0', 64), size, 'e', 'text/plain', date
       from unnest($2::text[], $3::timestamptz[], $4::bigint[]) as row (key, date, size)`,
      [
        bucket,
        rows.map(({ key }) => key),
        rows.map(({ date = "2026-01-02T03:04:05.678Z" }) => date),
        rows.map(({ size = 1 }) => size),
      ],
    );
  }
}

/** @param onStart receives the database before the first test */
export function useCatalogDatabase(onStart: (database: CatalogDatabase) => void): void {
  let database: CatalogDatabase;
  beforeAll(async () => {
    database = new CatalogDatabase(await startFilesDatabase());
    onStart(database);
  });
  beforeEach(() => database.clear());
  afterAll(() => database.files.remove());
}
