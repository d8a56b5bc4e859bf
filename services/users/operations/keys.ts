import * as v from "valibot";
import { HttpError } from "../../../lib/http/http-error.ts";
import { readJsonBody } from "../../../lib/http/json-body.ts";
import { emptyResponse, jsonResponse } from "../../../lib/http/response.ts";
import type { UserDirectory } from "../../../lib/users/user-directory.ts";
import { actorOf, NO_STORE, type OperationHandler, requestedUser } from "../operation.ts";
import { describeKey, grantsSchema, parseGrants } from "../representations.ts";

/** `GET /api/keys`, `GET /api/users/{user}/keys` */
export const listKeys =
  (directory: Pick<UserDirectory, "listKeys">): OperationHandler =>
  async (request, principal) => {
    const keys = await directory.listKeys(requestedUser(request, principal));
    return jsonResponse(200, keys.map(describeKey), NO_STORE);
  };

export const newKey = v.strictObject({
  name: v.string(),
  grants: v.optional(grantsSchema),
  expires: v.optional(v.string()),
});

/** @throws HttpError 400 */
function parseExpiry(text: string): number {
  const parsed = v.safeParse(v.pipe(v.string(), v.isoTimestamp()), text);
  if (parsed.success) return Date.parse(parsed.output);
  const expected = "a date and time such as 2027-01-31T18:00:00Z";
  throw new HttpError(400, "InvalidBody", `The member expires must be ${expected}.`, {
    extensions: { member: "expires" },
  });
}

/** `POST /api/keys`, `POST /api/users/{user}/keys`: only this response contains the token of the key. */
export const addKey =
  (directory: Pick<UserDirectory, "addKey">): OperationHandler =>
  async (request, principal) => {
    const { name, grants, expires } = readJsonBody(request, newKey);
    const { key, token } = await directory.addKey(actorOf(request, principal), requestedUser(request, principal), {
      name,
      grants: grants && parseGrants(grants),
      expiresAt: expires === undefined ? undefined : parseExpiry(expires),
    });
    return jsonResponse(201, { ...describeKey(key), token }, NO_STORE);
  };

/** `DELETE /api/keys/{id}`, `DELETE /api/users/{user}/keys/{id}` */
export const revokeKey =
  (directory: Pick<UserDirectory, "revokeKey">): OperationHandler =>
  async (request, principal) => {
    const { id = "" } = request.pathParameters;
    await directory.revokeKey(actorOf(request, principal), requestedUser(request, principal), id);
    return emptyResponse(204, NO_STORE);
  };
