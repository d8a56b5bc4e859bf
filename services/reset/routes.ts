import { jsonResponse } from "../../lib/http/response.ts";
import type { Routes } from "../../lib/server/server.ts";
import type { NumberTable } from "../../lib/sum/number-table.ts";
import { resetPage } from "./reset-page.ts";

/** The routes that delete all numbers. */
export const resetRoutes = (table: Pick<NumberTable, "reset">): Routes => ({
  "GET /reset_service": () => resetPage(),
  "POST /reset_table": async () => {
    await table.reset();
    return jsonResponse(200, { success: true });
  },
});
