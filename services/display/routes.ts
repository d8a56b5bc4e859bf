import { HttpError } from "../../lib/http/http-error.ts";
import type { Routes } from "../../lib/server/server.ts";
import type { NumberTable, Position } from "../../lib/sum/number-table.ts";
import { displayPage } from "./display-page.ts";

const PAGE_SIZE = 25;

/** The route that shows the sum and the rows. */
export const displayRoutes = (table: Pick<NumberTable, "page">): Routes => ({
  "GET /display_service": async ({ query }) => displayPage(await table.page(parsePosition(query), PAGE_SIZE)),
});

/** `before=<id>` selects the rows older than a row, `after=<id>` the newer ones. */
function parsePosition(query: URLSearchParams): Position {
  const before = query.get("before");
  const after = query.get("after");
  if (before !== null) return { olderThan: parseId(before) };
  if (after !== null) return { newerThan: parseId(after) };
  return "newest";
}

function parseId(text: string): number {
  const id = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new HttpError(400, "InvalidPosition", "The parameters before and after must be the id of a row.");
}
