import type { FilesDatabase } from "../../postgres-init/testing/files-database.ts";
import { PostgresFileCatalog } from "../file-catalog.ts";
import type { SearchLimits } from "../search-statement.ts";

/** A node of a plan in JSON. */
export interface PlanNode {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  /** The average of the loops. */
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/**
 * The nodes of the plans of all statements that a query of the catalog runs.
 *
 * @param limits of searches. By default, the statements return no rows, so that also those of lower ranks run.
 */
export async function explain(
  { admin }: Pick<FilesDatabase, "admin">,
  bucket: string,
  query: (catalog: PostgresFileCatalog) => Promise<unknown>,
  limits?: SearchLimits,
): Promise<readonly PlanNode[]> {
  const nodes: PlanNode[] = [];
  const database = {
    query: async ({ text, values = [] }: { text: string; values?: readonly unknown[] }) => {
      const { rows } = await admin.query(`explain (analyze, format json) ${text}`, [...values]);
      nodes.push(...nodesOf(rows[0]["QUERY PLAN"][0].Plan));
      const found = limits ? (await admin.query(text, [...values])).rows : [];
      return { rows: found, count: found.length };
    },
  };
  await query(new PostgresFileCatalog(database, bucket, limits));
  return nodes;
}

export const scannedIndexes = (nodes: readonly PlanNode[]): readonly string[] =>
  nodes.flatMap((node) => node["Index Name"] ?? []);

/** The entries that were read from indexes, also those that a filter has removed. */
export const rowsRead = (nodes: readonly PlanNode[]): number =>
  nodes
    .filter((node) => node["Index Name"] !== undefined)
    .reduce((sum, node) => sum + node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0), 0);
