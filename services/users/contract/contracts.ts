import type { Contract } from "../../../lib/openapi/contract.ts";
import type { Operation } from "../routes.ts";
import { changeMyPassword, createSession, endSession, getMe } from "./account.ts";
import { addKey, listKeys, revokeKey } from "./keys.ts";
import { addUser, changeUser, getUser, listUsers, removeUser, setPassword } from "./users.ts";

/** The contract of each operation of the function `users`, which does not import it. */
export const contracts: Readonly<Record<Operation, Contract>> = {
  "get-me": getMe,
  "change-my-password": changeMyPassword,
  "create-session": createSession,
  "end-session": endSession,
  "list-users": listUsers,
  "add-user": addUser,
  "get-user": getUser,
  "change-user": changeUser,
  "remove-user": removeUser,
  "set-password": setPassword,
  "list-keys": listKeys,
  "add-key": addKey,
  "revoke-key": revokeKey,
};
