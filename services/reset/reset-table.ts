import { type AuditEvent, type AuditLog, NOBODY } from "../../lib/audit/audit-log.ts";
import { HttpError, toHttpError } from "../../lib/http/http-error.ts";
import type { ServerRequest } from "../../lib/server/request.ts";
import { translateError } from "../../lib/server/server.ts";
import type { NumberTable } from "../../lib/sum/number-table.ts";
import type { Authenticator } from "../../lib/users/authenticator.ts";
import { isAdministrator } from "../../lib/users/grants.ts";
import { signIn } from "../../lib/users/sign-in.ts";
import { requireHttps } from "./secure-transport.ts";

export interface ResetDependencies {
  readonly table: Pick<NumberTable, "reset">;
  readonly authenticator: Pick<Authenticator, "authenticate">;
  readonly audit: AuditLog;
  /** Whether credentials may be sent over plain HTTP. */
  readonly signInOverHttp: boolean;
}

/** Statuses of a caller who may not reset the table. */
const denied: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Deletes all numbers if the caller is an administrator, and records the outcome.
 *
 * @throws HttpError 401, 403, 429 or 503, DatabaseUnavailableError
 */
export async function resetTable(
  request: ServerRequest,
  { table, authenticator, audit, signInOverHttp }: ResetDependencies,
): Promise<void> {
  let who = NOBODY;
  const record = (result: Pick<AuditEvent, "outcome" | "code">): Promise<void> =>
    audit.record({
      who,
      action: "reset-sum",
      target: "project_table",
      from: request.clientAddress,
      ...result,
      requestId: request.id,
    });
  try {
    if (!signInOverHttp) requireHttps(request);
    const { user, grants } = await signIn(authenticator, request.headers.authorization, request.clientAddress);
    who = user;
    if (!isAdministrator(grants)) throw new HttpError(403, "Forbidden", "Only administrators may delete all numbers.");
    await table.reset();
  } catch (error) {
    const { status, code } = toHttpError(error, translateError);
    await record({ outcome: denied.has(status) ? "denied" : "failed", code });
    throw error;
  }
  await record({ outcome: "succeeded" });
}
