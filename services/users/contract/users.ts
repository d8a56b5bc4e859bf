import * as v from "valibot";
import { type Contract, mergeErrors } from "../../../lib/openapi/contract.ts";
import { changes, newPassword, newUser } from "../operations/users.ts";
import { addedUser, changeErrors, grantErrors, noStore, storeErrors, user, userErrors, userInPath } from "./schemas.ts";

const tag = "Users";
const example = {
  name: "ann",
  state: "active",
  grants: [{ role: "writer", prefix: "team/" }],
  created: "2022-05-01T12:11:48.443Z",
  has_password: true,
};

export const listUsers: Contract = {
  summary: "List the users",
  tag,
  responses: { 200: { description: "The users.", schema: v.array(user), headers: noStore, example: [example] } },
  errors: storeErrors,
};

export const addUser: Contract = {
  summary: "Add a user",
  tag,
  body: {
    description: "The name, the grants and, optionally, the password.",
    schema: newUser,
    example: { name: "ann", grants: [{ role: "writer", prefix: "team/" }] },
  },
  responses: {
    201: {
      description: "The user, with the password unless the request has one.",
      schema: addedUser,
      headers: noStore,
    },
  },
  errors: mergeErrors(grantErrors, changeErrors, {
    400: ["InvalidUserName", "InvalidPassword"],
    409: ["UserExists"],
  }),
};

export const getUser: Contract = {
  summary: "Get a user",
  tag,
  path: userInPath,
  responses: { 200: { description: "The user.", schema: user, headers: noStore, example } },
  errors: mergeErrors(userErrors, storeErrors),
};

export const changeUser: Contract = {
  summary: "Change a user",
  description: "Changes the state, the grants, or both. The grants are replaced as a whole.",
  tag,
  path: userInPath,
  body: { description: "The new state and grants.", schema: changes, example: { state: "disabled" } },
  responses: { 200: { description: "The user.", schema: user, headers: noStore, example } },
  errors: mergeErrors(userErrors, grantErrors, changeErrors, { 409: ["LastAdministrator"] }),
};

export const removeUser: Contract = {
  summary: "Remove a user",
  tag,
  path: userInPath,
  responses: { 204: { description: "The user is removed. Its files remain.", headers: noStore } },
  errors: mergeErrors(userErrors, changeErrors, { 409: ["LastAdministrator"] }),
};

export const setPassword: Contract = {
  summary: "Set the password of a user",
  tag,
  path: userInPath,
  body: { description: "The password; without one, it is made.", schema: newPassword, optional: true },
  responses: {
    200: {
      description: "The password that was made.",
      schema: v.strictObject({ password: v.string() }),
      headers: noStore,
    },
    204: { description: "The password of the request is set.", headers: noStore },
  },
  errors: mergeErrors(userErrors, changeErrors, { 400: ["InvalidBody", "InvalidPassword"] }),
};
