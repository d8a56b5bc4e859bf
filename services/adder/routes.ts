import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { HttpError } from "../../lib/http/http-error.ts";
import { jsonResponse } from "../../lib/http/response.ts";
import { readJson } from "../../lib/server/request.ts";
import type { Routes } from "../../lib/server/server.ts";
import { formatAmount, parseAmount } from "../../lib/sum/amount.ts";
import type { NumberTable } from "../../lib/sum/number-table.ts";
import { adderPage } from "./adder-page.ts";
import { homePage } from "./home-page.ts";

/** The home page and the routes that add numbers. */
export const adderRoutes = (table: Pick<NumberTable, "add" | "sum">): Routes => ({
  "GET /": async () => homePage(await availableSum(table)),
  "GET /adder_service": async () => adderPage(formatAmount(await table.sum())),
  "POST /add_number": async (request) => {
    await table.add(parseAmount(numberMember(readJson(request))), request.clientAddress);
    return jsonResponse(200, { success: true });
  },
});

/** The sum as it is shown; undefined when the database does not respond. */
async function availableSum(table: Pick<NumberTable, "sum">): Promise<string | undefined> {
  try {
    return formatAmount(await table.sum());
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) return undefined;
    throw error;
  }
}

function numberMember(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new HttpError(400, "NotAnObject", 'Send an object like {"number": 12.5}.');
  }
  return "number" in body ? body.number : undefined;
}
