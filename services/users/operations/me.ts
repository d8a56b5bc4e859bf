import * as v from "valibot";
import { HttpError } from "../../../lib/http/http-error.ts";
import { readJsonBody } from "../../../lib/http/json-body.ts";
import { emptyResponse, jsonResponse } from "../../../lib/http/response.ts";
import type { Authenticator } from "../../../lib/users/authenticator.ts";
import { isAdministrator } from "../../../lib/users/grants.ts";
import { tooManyFailedSignIns } from "../../../lib/users/sign-in-errors.ts";
import { FAILURE_WINDOW_SECONDS } from "../../../lib/users/sign-in-limit.ts";
import type { UserDirectory } from "../../../lib/users/user-directory.ts";
import { actorOf, NO_STORE, type OperationHandler } from "../operation.ts";

/** `GET /api/me`: who the caller is and may do. */
export const getMe: OperationHandler = async (_request, { user, grants, method }) =>
  jsonResponse(200, { user, method, grants, administrator: isAdministrator(grants) }, NO_STORE);

export const passwords = v.strictObject({ current_password: v.string(), new_password: v.string() });

/** `PUT /api/me/password`: changes the password of the caller, who has to know the current one. */
export const changeMyPassword =
  (
    authenticator: Pick<Authenticator, "authenticate">,
    directory: Pick<UserDirectory, "setPassword">,
  ): OperationHandler =>
  async (request, principal) => {
    const { current_password, new_password } = readJsonBody(request, passwords);
    const credentials = { scheme: "basic", username: principal.user, password: current_password } as const;
    const { outcome } = await authenticator.authenticate(credentials, request.sourceIp);
    if (outcome === "limited") throw tooManyFailedSignIns(FAILURE_WINDOW_SECONDS);
    if (outcome === "rejected") throw new HttpError(403, "WrongPassword", "The current password is wrong.");
    await directory.setPassword(actorOf(request, principal), principal.user, new_password);
    return emptyResponse(204, NO_STORE);
  };
