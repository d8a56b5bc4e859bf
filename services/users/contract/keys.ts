import * as v from "valibot";
import { type Contract, mergeErrors } from "../../../lib/openapi/contract.ts";
import { newKey } from "../operations/keys.ts";
import { addedKey, changeErrors, grantErrors, key, noStore, storeErrors, userErrors, userInPath } from "./schemas.ts";

const tag = "Access keys";

export const listKeys: Contract = {
  summary: "List access keys",
  tag,
  operationIds: { "GET /api/keys": "listMyKeys", "GET /api/users/{user}/keys": "listKeysOfUser" },
  path: userInPath,
  responses: { 200: { description: "The access keys without their tokens.", schema: v.array(key), headers: noStore } },
  errors: mergeErrors(userErrors, storeErrors),
};

export const addKey: Contract = {
  summary: "Add an access key",
  tag,
  operationIds: { "POST /api/keys": "addMyKey", "POST /api/users/{user}/keys": "addKeyOfUser" },
  path: userInPath,
  body: {
    description: "The name and, optionally, narrower grants than those of the user, and an expiry.",
    schema: newKey,
    example: { name: "laptop", grants: [{ role: "reader", prefix: "team/" }], expires: "2027-01-31T18:00:00Z" },
  },
  responses: {
    201: { description: "The access key. Only this response has its token.", schema: addedKey, headers: noStore },
  },
  errors: mergeErrors(userErrors, grantErrors, changeErrors, {
    400: ["InvalidKeyName", "InvalidExpiry", "UserDisabled"],
    403: ["GrantTooWide"],
    409: ["TooManyKeys"],
  }),
};

export const revokeKey: Contract = {
  summary: "Revoke an access key",
  tag,
  operationIds: {
    "DELETE /api/keys/{id}": "revokeMyKey",
    "DELETE /api/users/{user}/keys/{id}": "revokeKeyOfUser",
  },
  path: { ...userInPath, id: { description: "The ID of the access key.", schema: v.string() } },
  responses: { 204: { description: "The access key is revoked.", headers: noStore } },
  errors: mergeErrors(userErrors, changeErrors, { 404: ["KeyNotFound"] }),
};
