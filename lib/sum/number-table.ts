import type { Database } from "../database/database.ts";

/** A number that a visitor added. */
export interface NumberEntry {
  readonly id: number;
  /** Exact decimal text. */
  readonly value: string;
  readonly ipAddress: string;
}

/** A page of the rows, with the totals of all rows at the same instant. */
export interface NumberPage {
  /** Exact decimal text. */
  readonly sum: string;
  readonly count: number;
  /** Newest first. */
  readonly entries: readonly NumberEntry[];
  readonly hasNewer: boolean;
  readonly hasOlder: boolean;
}

/** Where a page starts: at the newest row, or before or after a row that was shown. */
export type Position = { readonly olderThan: number } | { readonly newerThan: number } | "newest";

interface PageRow {
  readonly sum: string;
  readonly count: string;
  readonly first: string | null;
  readonly last: string | null;
  readonly entries: readonly { readonly id: number; readonly value: string; readonly ip_address: string }[] | null;
}

/**
 * The table of numbers. PostgreSQL computes the exact sum, in the same statement as the rows that are shown with it.
 */
export class NumberTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * @param value decimal text, as `parseAmount` returns it
   * @throws DatabaseUnavailableError when the number may or may not have been added; it was not added twice
   */
  async add(value: string, ipAddress: string): Promise<void> {
    await this.#database.query({
      name: "add number",
      text: "insert into sum.project_table (value, ip_address) values ($1::numeric, $2::inet)",
      values: [value, ipAddress],
      once: true,
    });
  }

  /** The sum of all values, exact, as decimal text. */
  async sum(): Promise<string> {
    const { rows } = await this.#database.query<{ sum: string }>({
      name: "sum numbers",
      text: "select coalesce(sum(value), 0)::text as sum from sum.project_table",
    });
    return rows[0]?.sum ?? "0";
  }

  /** Up to `limit` rows. Pages are selected by ID and not by offset, so the last page is as fast as the first. */
  async page(position: Position, limit: number): Promise<NumberPage> {
    const newer = position !== "newest" && "newerThan" in position;
    const bound = position === "newest" ? null : newer ? position.newerThan : position.olderThan;
    const { rows } = await this.#database.query<PageRow>({
      name: "list numbers",
      text: `
        select total.sum::text, total.count, total.first, total.last, shown.entries
        from (
          select coalesce(sum(value), 0) as sum, count(*) as count, min(id) as first, max(id) as last
          from sum.project_table
        ) as total
        cross join (
          select json_agg(json_build_object('id', id, 'value', value::text, 'ip_address', host(ip_address)) order by id desc) as entries
          from (
            select id, value, ip_address
            from sum.project_table
            where $1::bigint is null or id ${newer ? ">" : "<"} $1
            order by id ${newer ? "asc" : "desc"}
            limit $2
          ) as page
        ) as shown`,
      values: [bound, limit],
    });
    const [row] = rows;
    const entries = (row?.entries ?? []).map(({ id, value, ip_address }) => ({ id, value, ipAddress: ip_address }));
    const newest = entries[0]?.id ?? 0;
    const oldest = entries.at(-1)?.id ?? 0;
    return {
      sum: row?.sum ?? "0",
      count: Number(row?.count ?? 0),
      entries,
      hasNewer: entries.length > 0 && newest < Number(row?.last),
      hasOlder: entries.length > 0 && oldest > Number(row?.first),
    };
  }

  /** Deletes every row and restarts the IDs. A number that is added concurrently is either deleted or gets a new ID. */
  async reset(): Promise<void> {
    await this.#database.query({ name: "reset numbers", text: "select sum.reset_project_table()" });
  }

  /** Succeeds when the table is readable. */
  async check(): Promise<void> {
    await this.#database.query({ name: "check table", text: "select from sum.project_table limit 1" });
  }
}
