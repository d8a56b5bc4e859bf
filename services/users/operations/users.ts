import * as v from "valibot";
import { HttpError } from "../../../lib/http/http-error.ts";
import { readJsonBody } from "../../../lib/http/json-body.ts";
import { emptyResponse, jsonResponse } from "../../../lib/http/response.ts";
import type { UserDirectory } from "../../../lib/users/user-directory.ts";
import { actorOf, NO_STORE, type OperationHandler, requestedUser } from "../operation.ts";
import { describeUser, grantsSchema, parseGrants } from "../representations.ts";

/** `GET /api/users` */
export const listUsers =
  (directory: Pick<UserDirectory, "list">): OperationHandler =>
  async () =>
    jsonResponse(200, (await directory.list()).map(describeUser), NO_STORE);

/** `GET /api/users/{user}` */
export const getUser =
  (directory: Pick<UserDirectory, "get">): OperationHandler =>
  async (request, principal) =>
    jsonResponse(200, describeUser(await directory.get(requestedUser(request, principal))), NO_STORE);

export const newUser = v.strictObject({
  name: v.string(),
  grants: v.optional(grantsSchema, []),
  password: v.optional(v.string()),
});

/** `POST /api/users`: the response contains the password, unless the request does. */
export const addUser =
  (directory: Pick<UserDirectory, "add">): OperationHandler =>
  async (request, principal) => {
    const { name, grants, password: given } = readJsonBody(request, newUser);
    const options = { grants: parseGrants(grants), password: given };
    const { user, password } = await directory.add(actorOf(request, principal), name, options);
    return jsonResponse(201, { ...describeUser(user), ...(given === undefined && { password }) }, NO_STORE);
  };

export const changes = v.strictObject({
  state: v.optional(v.picklist(["active", "disabled"])),
  grants: v.optional(grantsSchema),
});

/** `PATCH /api/users/{user}`: changes the state, the grants, or both; the grants are replaced as a whole. */
export const changeUser =
  (directory: Pick<UserDirectory, "change">): OperationHandler =>
  async (request, principal) => {
    const { state, grants } = readJsonBody(request, changes);
    if (!state && !grants) throw new HttpError(400, "InvalidBody", "The body has neither state nor grants.");
    const change = { state, grants: grants && parseGrants(grants) };
    const user = await directory.change(actorOf(request, principal), requestedUser(request, principal), change);
    return jsonResponse(200, describeUser(user), NO_STORE);
  };

/** `DELETE /api/users/{user}` */
export const removeUser =
  (directory: Pick<UserDirectory, "remove">): OperationHandler =>
  async (request, principal) => {
    await directory.remove(actorOf(request, principal), requestedUser(request, principal));
    return emptyResponse(204, NO_STORE);
  };

export const newPassword = v.strictObject({ password: v.optional(v.string()) });

/** `PUT /api/users/{user}/password`: the response contains the password, unless the request does. */
export const setPassword =
  (directory: Pick<UserDirectory, "setPassword">): OperationHandler =>
  async (request, principal) => {
    const { password: given } = request.body.byteLength === 0 ? {} : readJsonBody(request, newPassword);
    const { password } = await directory.setPassword(
      actorOf(request, principal),
      requestedUser(request, principal),
      given,
    );
    return given === undefined ? jsonResponse(200, { password }, NO_STORE) : emptyResponse(204, NO_STORE);
  };
