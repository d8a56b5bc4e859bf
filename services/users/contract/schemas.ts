import * as v from "valibot";
import type { Contract, ParameterContracts } from "../../../lib/openapi/contract.ts";
import { roles } from "../../../lib/users/grants.ts";

const timestamp = v.pipe(v.string(), v.isoTimestamp());
const grants = v.array(v.strictObject({ role: v.picklist(roles), prefix: v.string() }));

export const caller = v.strictObject({
  user: v.string(),
  method: v.picklist(["password", "key", "session", "oidc"]),
  grants,
  administrator: v.boolean(),
});

export const session = v.strictObject({
  token: v.string(),
  expires: timestamp,
  expires_in: v.pipe(v.number(), v.integer()),
});

const userEntries = {
  name: v.string(),
  state: v.picklist(["active", "disabled"]),
  grants,
  created: timestamp,
  has_password: v.boolean(),
};
export const user = v.pipe(v.strictObject(userEntries), v.title("User"));
export const addedUser = v.strictObject({ ...userEntries, password: v.optional(v.string()) });

const keyEntries = {
  id: v.string(),
  name: v.string(),
  grants: v.optional(grants),
  created: timestamp,
  expires: v.nullable(timestamp),
};
export const key = v.pipe(v.strictObject(keyEntries), v.title("AccessKey"));
export const addedKey = v.strictObject({ ...keyEntries, token: v.string() });

export const noStore = { "Cache-Control": "Always `no-store`." };

export const userInPath: ParameterContracts = {
  user: { description: "The name of the user.", schema: v.string(), example: "ann" },
};

export const storeErrors: Contract["errors"] = { 503: ["UserStoreUnavailable", "ConcurrentChange"] };
/** A change cannot be made with an access key. */
export const changeErrors: Contract["errors"] = { 403: ["KeyNotAccepted"], ...storeErrors };
export const grantErrors: Contract["errors"] = {
  400: ["InvalidBody", "InvalidRole", "InvalidPrefix", "TooManyGrants"],
};
export const userErrors: Contract["errors"] = { 400: ["InvalidUserName"], 404: ["UserNotFound"] };
