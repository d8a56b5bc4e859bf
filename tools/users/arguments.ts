import { type Grant, parsePrefix, type Role, roles } from "../../lib/users/grants.ts";
import { UserError } from "../../lib/users/user-error.ts";
import { parseUserName } from "../../lib/users/user-name.ts";
import { UsageError } from "../command-line/errors.ts";
import type { PasswordSource } from "./passwords.ts";

/** @returns why a value is invalid, by the rules of the directory. */
const check =
  (parse: (text: string) => unknown) =>
  (text: string): string | undefined => {
    try {
      parse(text);
      return undefined;
    } catch (error) {
      if (error instanceof UserError) return error.message;
      throw error;
    }
  };

/** Tokens and whole passwords are pasted by mistake, so the message does not repeat the value. */
const checkKeyId = (text: string): string | undefined =>
  /^[0-9a-f]{16,20}$/.test(text)
    ? undefined
    : "This is not the ID of an access key, which npm run user -- key list <user> prints; the token itself is secret.";

const checkPrefix = (text: string): string | undefined => {
  const problem = check(parsePrefix)(text);
  return problem !== undefined && check(parsePrefix)(`${text}/`) === undefined
    ? `${problem} Did you mean "${text}/"?`
    : problem;
};

/** An existing or a new user. */
export const NAME = { description: "name of the user", check: check(parseUserName) } as const;
export const NEW_NAME = {
  description: "1 to 64 lower-case letters, digits and . _ @ + -, with a letter or digit at both ends",
  check: check(parseUserName),
} as const;
export const KEY_ID = { description: "ID of the access key, not its token", check: checkKeyId } as const;
export const ROLE = { description: "role, which includes those before it", choices: roles } as const;
export const PREFIX = {
  description: "a folder such as team/; default: all files",
  optional: true,
  check: checkPrefix,
} as const;

/** One grant, as options. */
export const GRANT_OPTIONS = {
  role: { type: "string", value: "role", ...ROLE },
  prefix: {
    type: "string",
    value: "folder",
    description: "the role is on this folder, such as team/; default: on all files",
    check: checkPrefix,
  },
} as const;

/** @throws UsageError for a prefix without a role */
export function readGrant(role: Role | undefined, prefix: string | undefined): Grant | undefined {
  if (role !== undefined) return { role, prefix: prefix ?? "" };
  if (prefix !== undefined) throw new UsageError("Missing option --role <role>, which --prefix belongs to.");
  return undefined;
}

export const PASSWORD_OPTIONS = {
  ask: { type: "boolean", description: "type the password, twice, instead of having one made" },
  "password-stdin": { type: "boolean", description: "read the password from the standard input, such as a pipe" },
} as const;

export const readPasswordSource = (options: {
  readonly ask: boolean;
  readonly "password-stdin": boolean;
}): PasswordSource => ({ ask: options.ask, stdin: options["password-stdin"] });

/** Passwords on the command line. */
export const REFUSED = {
  options: ["password", "pass", "pw", "p"],
  reason:
    "A password is no argument: other users of the machine see it, and the shell saves it. Without one, a password is " +
    "made and printed; with --ask it is typed, with --password-stdin it is read from a pipe.",
} as const;
