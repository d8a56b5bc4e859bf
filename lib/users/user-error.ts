export type UserErrorCode =
  | "InvalidUserName"
  | "InvalidPassword"
  | "InvalidPrefix"
  | "InvalidRole"
  | "InvalidKey"
  | "InvalidKeyName"
  | "InvalidExpiry"
  | "TooManyGrants"
  | "TooManyKeys"
  | "UserNotFound"
  | "UserExists"
  | "UserDisabled"
  | "LastAdministrator"
  | "GrantNotFound"
  | "GrantTooWide"
  | "KeyNotFound"
  | "ConcurrentChange";

/** A change of users that is not possible. The message may be shown to the caller. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly code: UserErrorCode;

  constructor(code: UserErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
