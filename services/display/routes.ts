import { HttpProblem } from "../../lib/http/problem.ts";
import type { Routes } from "../../lib/server/server.ts";
import type { NumberTable, Position } from "../../lib/sum/number-table.ts";
import { displayPage } from "./display-page.ts";

const PAGE_SIZE = 25;

/** Where the sum and the rows are seen. */
export const displayRoutes = (table: Pick<NumberTable, "page">): Routes => ({
  "GET /display_service": async ({ query }) => displayPage(await table.page(position(query), PAGE_SIZE)),
});

/** `before=<id>` shows what is older than a row, `after=<id>` what is newer. */
function position(query: URLSearchParams): Position {
  const before = query.get("before");
  const after = query.get("after");
  if (before !== null) return { olderThan: readId(before) };
  if (after !== null) return { newerThan: readId(after) };
  return "newest";
}

function readId(text: string): number {
  const id = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new HttpProblem(400, "InvalidPosition", "before and after take the id of a row.");
}
