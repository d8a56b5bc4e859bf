import { defineCommand, defineGroup, JSON_OPTION } from "../command-line/command.ts";
import { GRANT_OPTIONS, KEY_ID, NAME, readGrant } from "./arguments.ts";
import { TAKES_EFFECT } from "./effect.ts";
import { CHANGE_EXIT_CODES } from "./exit-codes.ts";
import { checkExpiry } from "./expiry.ts";

const open = () => import("./open-users.ts");

/** `npm run user -- key` */
export const keyCommand = defineGroup({
  name: "key",
  summary: "Adds, lists and revokes access keys, with which programs sign in",
  examples: [
    { args: "dev add ann laptop --expires 90d", description: "an access key of ann in dev" },
    { args: "list ann", description: "the access keys of ann in the local deployment" },
  ],
  subcommands: [
    defineCommand({
      name: "add",
      summary: "Adds an access key, and prints its token",
      description:
        "The token is the only line on the standard output; it is not stored and not shown again. By default the key " +
        "has the grants that the user has now. It never has more than its user, also when the user loses some.",
      arguments: { user: NAME, name: { description: "what the key is for, such as laptop" } },
      options: {
        ...GRANT_OPTIONS,
        expires: {
          type: "string",
          value: "time",
          description: "a duration such as 90d, or a date in UTC such as 2027-01-31; default: never",
          check: checkExpiry,
        },
      },
      examples: [
        { args: "ann laptop", description: "with the grants of ann" },
        { args: "ann laptop --role reader --prefix team/ --expires 90d", description: "only reads team/, for 90 days" },
        { args: "dev ann ci", description: "a key for dev; npm run --silent prints the token alone" },
      ],
      exitCodes: CHANGE_EXIT_CODES,
      run: async ({ environment, arguments: { user, name }, options: { role, prefix, expires } }) => {
        const grant = readGrant(role, prefix);
        const [{ withUsers }, { addKey }] = await Promise.all([open(), import("./change-keys.ts")]);
        return withUsers(environment, { user }, (users) => addKey(users, user, { name, grant, expires }));
      },
    }),
    defineCommand({
      name: "list",
      summary: "Lists the access keys of a user, without their tokens",
      arguments: { user: NAME },
      options: { json: JSON_OPTION },
      examples: [
        { args: "ann", description: "in the local deployment" },
        { args: "dev ann --json", description: "in dev, for programs" },
      ],
      run: async ({ environment, arguments: { user }, options: { json } }) => {
        const [{ withUsers }, { listKeys }] = await Promise.all([open(), import("./list-users.ts")]);
        return withUsers(environment, { user }, (users) => listKeys(users, user, json));
      },
    }),
    defineCommand({
      name: "revoke",
      summary: "Revokes an access key",
      description: TAKES_EFFECT,
      arguments: { user: NAME, id: KEY_ID },
      examples: [
        { args: "ann 4f1d9a0c7be2836d15", description: "the ID that key list prints" },
        { args: "dev ann 4f1d9a0c7be2836d15", description: "in dev" },
      ],
      exitCodes: CHANGE_EXIT_CODES,
      run: async ({ environment, arguments: { user, id } }) => {
        const [{ withUsers }, { revokeKey }] = await Promise.all([open(), import("./change-keys.ts")]);
        return withUsers(environment, { user, key: id }, (users) => revokeKey(users, user, id));
      },
    }),
  ],
});
