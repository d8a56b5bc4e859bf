import type { Statement } from "../../../lib/database/database.ts";
import { PostgresFileCatalog } from "../../../services/api/file-catalog.ts";
import type { FilesDatabase } from "../../../services/postgres-init/testing/files-database.ts";
import { BUCKET } from "./fill-files.ts";

const SAMPLES = 40;
/** Milliseconds. */
export const BASELINE_TIMEOUT = 10_000;
/** https://www.postgresql.org/docs/17/errcodes-appendix.html */
const QUERY_CANCELED = "57014";

/** Milliseconds of several runs. */
export interface Times {
  /** In the database, of which 95 % of the runs took less. */
  readonly p95: number;
  readonly median: number;
  /** From the client, with the connection and the conversion of the rows; 95 % took less. */
  readonly client: number;
}

/** Runs queries of a catalog in a real database, and measures the statements that they consist of. */
export class CatalogTimer {
  readonly #files: FilesDatabase;
  readonly #statements: Statement[] = [];
  readonly catalog: PostgresFileCatalog;

  constructor(files: FilesDatabase) {
    this.#files = files;
    const query: typeof files.database.query = (statement) => {
      this.#statements.push(statement);
      return files.database.query(statement);
    };
    this.catalog = new PostgresFileCatalog({ query }, BUCKET);
  }

  async measure(run: (catalog: PostgresFileCatalog) => Promise<unknown>): Promise<Times> {
    const client: number[] = [];
    const database: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      this.#statements.length = 0;
      const started = performance.now();
      await run(this.catalog);
      client.push(performance.now() - started);
      let milliseconds = 0;
      for (const statement of this.#statements) milliseconds += await this.#execute(statement);
      database.push(milliseconds);
    }
    return { p95: quantile(database, 0.95), median: quantile(database, 0.5), client: quantile(client, 0.95) };
  }

  /** A statement that is not one of the catalog. */
  async measureStatement(statement: Statement): Promise<Times> {
    const times: number[] = [];
    for (let sample = 0; sample < SAMPLES; sample += 1) times.push(await this.#execute(statement));
    return { p95: quantile(times, 0.95), median: quantile(times, 0.5), client: Number.NaN };
  }

  /** Milliseconds of one run of a statement, which can take long; infinity after {@link BASELINE_TIMEOUT}. */
  async measureBaseline(statement: Statement): Promise<number> {
    await this.#files.admin.query(`set statement_timeout = ${BASELINE_TIMEOUT}`);
    try {
      return await this.#execute(statement);
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === QUERY_CANCELED) return Number.POSITIVE_INFINITY;
      throw error;
    } finally {
      await this.#files.admin.query("reset statement_timeout");
    }
  }

  /** Milliseconds for planning and executing a statement. */
  async #execute({ text, values = [] }: Statement): Promise<number> {
    const { rows } = await this.#files.admin.query(`explain (analyze, timing off, format json) ${text}`, [...values]);
    const [plan] = rows[0]["QUERY PLAN"];
    return plan["Planning Time"] + plan["Execution Time"];
  }
}

/** The value that a part of the values does not exceed. */
export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * part) - 1] ?? Number.NaN;
