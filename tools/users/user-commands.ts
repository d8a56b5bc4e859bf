import { defineCommand, JSON_OPTION } from "../command-line/command.ts";
import {
  GRANT_OPTIONS,
  NAME,
  NEW_NAME,
  PASSWORD_OPTIONS,
  PREFIX,
  REFUSED,
  ROLE,
  readGrant,
  readPasswordSource,
} from "./arguments.ts";
import { TAKES_EFFECT } from "./effect.ts";
import { CHANGE_EXIT_CODES } from "./exit-codes.ts";
import { keyCommand } from "./key-commands.ts";

const open = () => import("./open-users.ts");
const change = () => import("./change-users.ts");

const PASSWORD_OUTPUT =
  "A password that is made for the user is the only line on the standard output; it is not stored and not shown again. " +
  "One that is typed or piped has 12 to 256 characters.";

const addCommand = defineCommand({
  name: "add",
  summary: "Adds a user, and prints its password",
  description: PASSWORD_OUTPUT,
  arguments: { name: NEW_NAME },
  options: { ...GRANT_OPTIONS, ...PASSWORD_OPTIONS },
  refused: REFUSED,
  examples: [
    { args: "ann --role writer --prefix team/", description: "may read and write the files in team/" },
    { args: "ann --role admin", description: "an administrator, who also manages users" },
    { args: "dev ann --role reader --ask", description: "may read all files of dev; you type the password" },
    { args: "ann < ann.password --password-stdin", description: "reads the password from a file" },
  ],
  exitCodes: CHANGE_EXIT_CODES,
  run: async ({ environment, arguments: { name }, options }) => {
    const grant = readGrant(options.role, options.prefix);
    const [{ withUsers }, { addUser }] = await Promise.all([open(), change()]);
    return withUsers(environment, { user: name }, (users) =>
      addUser(users, name, { grants: grant ? [grant] : [], password: readPasswordSource(options) }),
    );
  },
});

const listCommand = defineCommand({
  name: "list",
  summary: "Lists the users with their state, password, access keys and grants",
  options: { json: JSON_OPTION },
  examples: [
    { args: "", description: "the users of the local deployment" },
    { args: "dev --json", description: "those of dev, for programs" },
  ],
  run: async ({ environment, options: { json } }) => {
    const [{ withUsers }, { listUsers }] = await Promise.all([open(), import("./list-users.ts")]);
    return withUsers(environment, {}, (users) => listUsers(users, json));
  },
});

const disableCommand = defineCommand({
  name: "disable",
  summary: "Keeps a user from signing in, also with its access keys",
  description: `The user keeps its grants, password and access keys. ${TAKES_EFFECT}`,
  arguments: { name: NAME },
  examples: [
    { args: "ann", description: "in the local deployment" },
    { args: "dev ann", description: "in dev" },
  ],
  exitCodes: CHANGE_EXIT_CODES,
  run: async ({ environment, arguments: { name } }) => {
    const [{ withUsers }, { disableUser }] = await Promise.all([open(), change()]);
    return withUsers(environment, { user: name }, (users) => disableUser(users, name));
  },
});

const enableCommand = defineCommand({
  name: "enable",
  summary: "Lets a disabled user sign in again",
  arguments: { name: NAME },
  examples: [
    { args: "ann", description: "in the local deployment" },
    { args: "dev ann", description: "in dev" },
  ],
  exitCodes: CHANGE_EXIT_CODES,
  run: async ({ environment, arguments: { name } }) => {
    const [{ withUsers }, { enableUser }] = await Promise.all([open(), change()]);
    return withUsers(environment, { user: name }, (users) => enableUser(users, name));
  },
});

const removeCommand = defineCommand({
  name: "remove",
  summary: "Removes a user with its access keys",
  description: `The files of the user remain. Prompts for the name of the user. ${TAKES_EFFECT}`,
  arguments: { name: NAME },
  options: { yes: { type: "boolean", description: "do not prompt" } },
  examples: [
    { args: "ann", description: "prompts for the name of the user" },
    { args: "dev ann --yes", description: "does not prompt" },
  ],
  exitCodes: CHANGE_EXIT_CODES,
  run: async ({ environment, arguments: { name }, options }) => {
    const [{ withUsers }, { removeUser }] = await Promise.all([open(), change()]);
    return withUsers(environment, { user: name }, (users) => removeUser(users, name, options));
  },
});

const eraseCommand = defineCommand({
  name: "erase",
  summary: "Removes the entries of a user from the log lake (GDPR article 17)",
  description:
    "What the user did, and what was done to the user. Remove the user first. Prompts for the name. The audit log in " +
    "CloudWatch, which cannot be changed, keeps its entries for a year.",
  arguments: { name: NAME },
  options: { yes: { type: "boolean", description: "do not prompt" } },
  examples: [
    { args: "ann", description: "prompts for the name of the user" },
    { args: "dev ann --yes", description: "does not prompt" },
  ],
  run: async ({ environment, arguments: { name }, options }) =>
    (await import("../logs/erase-user.ts")).eraseUser(environment, name, options.yes),
});

const grantCommand = defineCommand({
  name: "grant",
  summary: "Gives a user a role on a folder, or on all files",
  description: "A role on a folder is also on everything in it. A grant that another one includes is not stored.",
  arguments: { name: NAME, role: ROLE, prefix: PREFIX },
  examples: [
    { args: "ann writer team/", description: "may read and write the files in team/" },
    { args: "dev ann reader", description: "may read all files of dev" },
  ],
  exitCodes: CHANGE_EXIT_CODES,
  run: async ({ environment, arguments: { name, role, prefix = "" } }) => {
    const [{ withUsers }, { grantRole }] = await Promise.all([open(), change()]);
    return withUsers(environment, { user: name }, (users) => grantRole(users, name, { role, prefix }));
  },
});

const revokeCommand = defineCommand({
  name: "revoke",
  summary: "Takes a grant from a user",
  description: `The grant is one that list prints, with the same role and folder. ${TAKES_EFFECT}`,
  arguments: { name: NAME, role: ROLE, prefix: PREFIX },
  examples: [
    { args: "ann writer team/", description: "takes the role writer on team/" },
    { args: "dev ann reader", description: "takes the role reader on all files of dev" },
  ],
  exitCodes: CHANGE_EXIT_CODES,
  run: async ({ environment, arguments: { name, role, prefix = "" } }) => {
    const [{ withUsers }, { revokeRole }] = await Promise.all([open(), change()]);
    return withUsers(environment, { user: name }, (users) => revokeRole(users, name, { role, prefix }));
  },
});

const passwordCommand = defineCommand({
  name: "password",
  summary: "Sets another password, prints it, and ends the sessions of the user",
  description: `${PASSWORD_OUTPUT} ${TAKES_EFFECT}`,
  arguments: { name: NAME },
  options: PASSWORD_OPTIONS,
  refused: REFUSED,
  examples: [
    { args: "ann", description: "makes a password and prints it" },
    { args: "dev ann --ask", description: "you type it, twice" },
    { args: "ann < ann.password --password-stdin", description: "reads it from a file" },
  ],
  exitCodes: CHANGE_EXIT_CODES,
  run: async ({ environment, arguments: { name }, options }) => {
    const [{ withUsers }, { setPassword }] = await Promise.all([open(), change()]);
    return withUsers(environment, { user: name }, (users) => setPassword(users, name, readPasswordSource(options)));
  },
});

/** `npm run user` */
export const userCommands = [
  addCommand,
  listCommand,
  disableCommand,
  enableCommand,
  removeCommand,
  eraseCommand,
  grantCommand,
  revokeCommand,
  passwordCommand,
  keyCommand,
];
