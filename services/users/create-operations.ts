import type { Authenticator } from "../../lib/users/authenticator.ts";
import type { UserDirectory } from "../../lib/users/user-directory.ts";
import type { OperationHandler } from "./operation.ts";
import { addKey, listKeys, revokeKey } from "./operations/keys.ts";
import { changeMyPassword, getMe } from "./operations/me.ts";
import { createSession, endSession } from "./operations/sessions.ts";
import { addUser, changeUser, getUser, listUsers, removeUser, setPassword } from "./operations/users.ts";
import type { Operation } from "./routes.ts";

/** The implementation of each operation. */
export const createOperations = (
  directory: UserDirectory,
  authenticator: Pick<Authenticator, "authenticate">,
): Readonly<Record<Operation, OperationHandler>> => ({
  "get-me": getMe,
  "change-my-password": changeMyPassword(authenticator, directory),
  "create-session": createSession(directory),
  "end-session": endSession(directory),
  "list-users": listUsers(directory),
  "add-user": addUser(directory),
  "get-user": getUser(directory),
  "change-user": changeUser(directory),
  "remove-user": removeUser(directory),
  "set-password": setPassword(directory),
  "list-keys": listKeys(directory),
  "add-key": addKey(directory),
  "revoke-key": revokeKey(directory),
});
