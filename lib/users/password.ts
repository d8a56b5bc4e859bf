import { randomBytes } from "node:crypto";
import { UserError } from "./user-error.ts";

/** Characters. A longer one gains nothing; NIST SP 800-63B requires support for at least 64. */
const MIN_LENGTH = 12;
const MAX_LENGTH = 256;

/** 24 characters with 144 random bits, which a shell and a URL need not escape. */
export const generatePassword = (): string => randomBytes(18).toString("base64url");

/** @throws UserError `InvalidPassword` */
export function checkPassword(password: string): void {
  const { length } = [...password];
  if (length < MIN_LENGTH || length > MAX_LENGTH) {
    throw new UserError("InvalidPassword", `A password has ${MIN_LENGTH} to ${MAX_LENGTH} characters.`);
  }
  if (/\p{Cc}/u.test(password) || !password.isWellFormed()) {
    throw new UserError("InvalidPassword", "A password has no control characters.");
  }
}
