import { UserError } from "./user-error.ts";

/** A name that passed {@link parseUserName}. */
export type UserName = string & { readonly __brand: "UserName" };

/**
 * Lower case, so that two users cannot differ by case only, and without a colon, which Basic authentication (RFC 7617)
 * uses as separator. At most 64 characters, the limit of the names of IAM users.
 */
const pattern = /^[a-z0-9](?:[a-z0-9._@+-]{0,62}[a-z0-9])?$/;

export const isUserName = (text: string): text is UserName => pattern.test(text);

/** A name for the audit log. An invalid one may be a password that was entered in the wrong place. */
export const describeUserName = (text: string): string => (isUserName(text) ? text : "(invalid name)");

/** @throws UserError `InvalidUserName` */
export function parseUserName(text: string): UserName {
  if (isUserName(text)) return text;
  throw new UserError(
    "InvalidUserName",
    "A user name has 1 to 64 characters: lower-case letters, digits and . _ @ + -, with a letter or digit at both ends.",
  );
}
