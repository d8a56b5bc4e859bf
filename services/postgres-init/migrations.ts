import type { Migration } from "./migration.ts";
import { sql as file } from "./migrations/0001-file.ts";
import { sql as sum } from "./migrations/0002-sum.ts";
import { sql as search } from "./migrations/0003-search.ts";
import * as fileIndexes from "./migrations/0004-file-indexes.ts";
import * as searchOrder from "./migrations/0005-search-order.ts";

/** Ordered by version. */
export const migrations: readonly Migration[] = [
  { version: 1, name: "0001-file", sql: file },
  { version: 2, name: "0002-sum", sql: sum },
  { version: 3, name: "0003-search", sql: search },
  { version: 4, name: "0004-file-indexes", ...fileIndexes },
  { version: 5, name: "0005-search-order", ...searchOrder },
];
