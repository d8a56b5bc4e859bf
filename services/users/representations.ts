import * as v from "valibot";
import { type Grant, isRole, parsePrefix } from "../../lib/users/grants.ts";
import type { Credential, User } from "../../lib/users/user.ts";
import { UserError } from "../../lib/users/user-error.ts";

/** The grants in a request. */
export const grantsSchema = v.array(v.object({ role: v.string(), prefix: v.string() }));

/** @throws UserError `InvalidRole` or `InvalidPrefix` */
export const parseGrants = (grants: v.InferOutput<typeof grantsSchema>): readonly Grant[] =>
  grants.map(({ role, prefix }) => {
    if (!isRole(role)) throw new UserError("InvalidRole", `The role "${role}" is not one of reader, writer and admin.`);
    return { role, prefix: parsePrefix(prefix) };
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
