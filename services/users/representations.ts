import * as v from "valibot";
import { HttpError } from "../../lib/http/http-error.ts";
import { type Grant, isRole, MAX_GRANTS, parsePrefix, roles } from "../../lib/users/grants.ts";
import type { Credential, User } from "../../lib/users/user.ts";
import { UserError } from "../../lib/users/user-error.ts";

/** The grants in a request. The limit protects the function from lists that take long to check. */
export const grantsSchema = v.pipe(
  v.array(v.strictObject({ role: v.string(), prefix: v.string() })),
  v.maxLength(MAX_GRANTS),
);

/** @throws HttpError 400 */
export const parseGrants = (grants: v.InferOutput<typeof grantsSchema>): readonly Grant[] =>
  grants.map(({ role, prefix }) => {
    if (!isRole(role)) {
      throw new HttpError(400, "InvalidRole", `The role "${role.slice(0, 64)}" is not one of ${roles.join(", ")}.`);
    }
    try {
      return { role, prefix: parsePrefix(prefix) };
    } catch (error) {
      throw error instanceof UserError ? new HttpError(400, error.code, error.message) : error;
    }
  });

/** A user in a response, without the hash of the password. */
export const describeUser = ({ name, state, grants, createdAt, passwordHash }: User) => ({
  name,
  state,
  grants,
  created: new Date(createdAt).toISOString(),
  has_password: passwordHash !== undefined,
});

/** An access key in a response, without its token. */
export const describeKey = ({ id, name, grants, createdAt, expiresAt }: Credential) => ({
  id,
  name,
  grants,
  created: new Date(createdAt).toISOString(),
  expires: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
});
