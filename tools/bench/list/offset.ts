import type { Statement } from "../../../lib/database/database.ts";
import type { FileCatalog } from "../../../services/api/file-catalog.ts";
import { type Cursor, positionOf, type Sort } from "../../../services/api/list-query.ts";
import type { FilesDatabase } from "../../../services/postgres-init/testing/files-database.ts";
import { BUCKET } from "./fill-files.ts";

/** A page by OFFSET in place of the cursor, which reads all rows before it. @param columns `key` needs only an index */
export function offsetStatement(sort: Sort, offset: number, limit: number, columns: "*" | "key" = "*"): Statement {
  const direction = sort.startsWith("-") ? "desc" : "asc";
  const column = sort.replace("-", "").replace("prefix_path", "key");
  const order = [...new Set([column, "key"])].map((name) => `${name} ${direction}`).join(", ");
  const source = "file where bucket = $1 and removed_at is null";
  const text = `select ${columns} from ${source} order by ${order} limit ${limit} offset $2`;
  return { name: "offset", text, values: [BUCKET, offset] };
}

/** The position after a number of rows, which is what the cursor of the page before contains. */
export async function positionAt(
  admin: FilesDatabase["admin"],
  catalog: Pick<FileCatalog, "list">,
  sort: Sort,
  offset: number,
): Promise<Cursor | undefined> {
  if (offset === 0) return undefined;
  const { text, values = [] } = offsetStatement(sort, offset - 1, 1, "key");
  const { rows } = await admin.query<{ key: string }>(text, [...values]);
  const key = rows[0]?.key ?? "";
  const { files } = await catalog.list({ prefixes: [key], limit: 1, sort, after: undefined });
  const [file] = files;
  if (!file) throw new Error(`There is no file at ${offset}.`);
  return positionOf(sort, file);
}
