import type { CalendarDate } from "./calendar-date.ts";

/** A name that passed {@link parseUsername}. */
export type Username = string & { readonly brand: "Username" };

export interface Person {
  readonly username: Username;
  readonly dateOfBirth: CalendarDate;
}

/** The person of a request is invalid. The message may be shown to the caller. */
export class InvalidPersonError extends Error {
  override readonly name = "InvalidPersonError";
  readonly code: "InvalidUsername" | "InvalidBody" | "InvalidDateOfBirth";

  constructor(code: InvalidPersonError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The maximum length of a partition key in DynamoDB:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const MAX_USERNAME_LENGTH = 2048;

/** @throws InvalidPersonError */
export function parseUsername(text: string): Username {
  if (!/^[A-Za-z]+$/.test(text)) {
    throw new InvalidPersonError("InvalidUsername", "A username consists of the letters A to Z and a to z only.");
  }
  if (text.length > MAX_USERNAME_LENGTH) {
    throw new InvalidPersonError("InvalidUsername", `A username has at most ${MAX_USERNAME_LENGTH} letters.`);
  }
  return text as Username;
}
