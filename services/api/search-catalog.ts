import type { Statement } from "../../lib/database/database.ts";
import type { CatalogSearchQuery, Rank } from "./search-query.ts";
import { ranks } from "./search-query.ts";
import {
  commonStatement,
  defaultLimits,
  rankStatement,
  type SearchLimits,
  sampleStatement,
  sortedStatement,
} from "./search-statement.ts";

/** A row of a matching file. */
export interface Match<Row> {
  readonly rank: Rank;
  /** Whether the files of this rank are not sorted, because too many have the text. */
  readonly isCommon: boolean;
  readonly row: Row;
}

/** Runs a statement that selects the columns of files. */
type Select<Row> = (statement: Statement) => Promise<readonly Row[]>;

/**
 * The matches of a query, best first, up to one more than its limit.
 *
 * The files of ranks 2 and 3 are sorted by the lengths of their keys, unless they are so many that this would take too
 * long; then they have an order of their own. All pages of a search have the order of the first one, which their
 * cursors contain.
 */
export async function searchCatalog<Row extends { readonly key: string }>(
  bucket: string,
  query: CatalogSearchQuery,
  select: Select<Row | { readonly key: null; readonly exceeded: boolean }>,
  limits: SearchLimits = defaultLimits,
): Promise<readonly Match<Row>[]> {
  const matches: Match<Row>[] = [];
  const add = async (rank: Rank, isCommon: boolean, statement: Statement) => {
    const rows = await select(statement);
    const found = rows.filter((row): row is Row => row.key !== null);
    matches.push(...found.map((row) => ({ rank, isCommon, row })));
    return { found: found.length, exceeded: rows.some((row) => row.key === null && row.exceeded) };
  };
  for (const rank of ranks.slice(query.after?.rank)) {
    const limit = query.limit + 1 - matches.length;
    if (limit === 0) break;
    const after = query.after?.rank === rank ? query.after : undefined;
    if (rank < 2 || (after && after.length !== null)) {
      await add(rank, false, rankStatement(bucket, query, rank, limit));
    } else await addContaining(rank as 2 | 3, limit, after !== undefined);
  }
  return matches;

  async function addContaining(rank: 2 | 3, limit: number, isCommon: boolean): Promise<void> {
    if (!isCommon) {
      const before = matches.length;
      const { found } = await add(rank, true, sampleStatement(bucket, query, rank, limit, limits));
      if (found === limit) return;
      matches.length = before;
      if (found === 0) {
        const sorted = await add(rank, false, sortedStatement(bucket, query, rank, limit, limits));
        if (!sorted.exceeded) return;
      }
    }
    await add(rank, true, commonStatement(bucket, query, rank, limit));
  }
}
