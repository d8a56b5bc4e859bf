import { type AuditLog, NOBODY } from "../../lib/audit/audit-log.ts";
import { type HttpError, toHttpError } from "../../lib/http/http-error.ts";
import type { HttpRequest } from "../../lib/http/request.ts";
import type { HttpResponse } from "../../lib/http/response.ts";
import { readAuthorizerContext } from "../../lib/users/authorizer-context.ts";
import { translateError } from "./errors.ts";

/** An invalid key is recorded too, and can have the length of a whole URL. */
const MAX_TARGET_CHARACTERS = 1_024;

/** Statuses of a caller who may not do what was requested. */
const denied: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Runs a request that concerns the files with these keys, and records its outcome. The last key is that of the file
 * that is changed; one before it is its source.
 */
export async function auditRequest(
  audit: AuditLog,
  action: string,
  request: HttpRequest,
  keys: readonly string[],
  respond: () => Promise<HttpResponse>,
): Promise<HttpResponse> {
  const target = keys.at(-1) ?? "";
  const source = keys.length > 1 ? keys[0] : undefined;
  let response: HttpResponse;
  try {
    response = await respond();
  } catch (error) {
    await recordRequest(audit, action, request, target, toHttpError(error, translateError), source);
    throw error;
  }
  await recordRequest(audit, action, request, target, undefined, source);
  return response;
}

/** Records that a request changed the target, or that it failed with an error. */
export function recordRequest(
  audit: AuditLog,
  action: string,
  request: HttpRequest,
  target: string,
  error?: Pick<HttpError, "status" | "code">,
  source?: string,
): Promise<void> {
  return audit.record({
    who: userOf(request),
    action,
    target: target.slice(0, MAX_TARGET_CHARACTERS),
    ...(source !== undefined && { details: { source: source.slice(0, MAX_TARGET_CHARACTERS) } }),
    from: request.sourceIp,
    ...(error
      ? { outcome: denied.has(error.status) ? "denied" : "failed", code: error.code }
      : { outcome: "succeeded" }),
    requestId: request.id,
  });
}

function userOf({ authorizerContext }: HttpRequest): string {
  const caller = readAuthorizerContext(authorizerContext);
  return caller?.outcome === "authenticated" ? caller.principal.user : NOBODY;
}
