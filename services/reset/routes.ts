import { jsonResponse } from "../../lib/http/response.ts";
import type { Routes } from "../../lib/server/server.ts";
import { httpsRequiredPage, resetPage } from "./reset-page.ts";
import { type ResetDependencies, resetTable } from "./reset-table.ts";
import { isHttps } from "./secure-transport.ts";

/** The routes that delete all numbers. */
export const resetRoutes = (dependencies: ResetDependencies): Routes => ({
  "GET /reset_service": (request) =>
    dependencies.signInOverHttp || isHttps(request) ? resetPage() : httpsRequiredPage(),
  "POST /reset_table": async (request) => {
    await resetTable(request, dependencies);
    return jsonResponse(200, { success: true });
  },
});
