import { formatGrant, formatGrants } from "../../lib/users/format-grants.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { UsageError } from "../command-line/errors.ts";
import { TAKES_EFFECT } from "./effect.ts";
import { type PasswordSource, readPassword } from "./passwords.ts";
import { passwordExamples } from "./sign-in-examples.ts";
import { type UsersContext, userCommandLine } from "./users-context.ts";

/** Adds a user, and prints its password if it was generated. */
export async function addUser(
  context: UsersContext,
  name: string,
  { grants, password: source }: { readonly grants: readonly Grant[]; readonly password: PasswordSource },
): Promise<void> {
  const { directory, actor, input, output, apiUrl } = context;
  const given = await readPassword(input, source);
  const { user, password } = await directory.add(actor, name, { grants, password: given });
  if (given === undefined) output.result(password);
  output.explain(`Added ${name} with the grants: ${formatGrants(user.grants)}.`);
  if (given === undefined) explainPassword(context);
  if (grants.length === 0) {
    output.explain(`Without a grant it has access to no file: ${userCommandLine(context, `grant ${name} reader`)}`);
  } else if (apiUrl !== "") {
    output.explain("Try it; curl asks for the password:");
    for (const line of passwordExamples(apiUrl, name, user.grants)) output.explain(`  ${line}`);
  }
}

/** Sets another password, and prints it if it was generated. */
export async function setPassword(context: UsersContext, name: string, source: PasswordSource): Promise<void> {
  const { directory, actor, input, output } = context;
  const { passwordFromSecret } = await directory.get(name); // Nobody types a password for a user who does not exist.
  const given = await readPassword(input, source);
  const { password } = await directory.setPassword(actor, name, given);
  if (given === undefined) output.result(password);
  output.explain(`Changed the password of ${name}, and ended its sessions. Its access keys remain valid.`);
  output.explain(TAKES_EFFECT);
  if (given === undefined) explainPassword(context);
  if (passwordFromSecret) {
    output.explain("The secret from which npm run env and npm run info read the password still has the old one.");
  }
}

/** Removes a user, after its name was typed. */
export async function removeUser(
  { directory, actor, input, output }: UsersContext,
  name: string,
  { yes }: { readonly yes: boolean },
): Promise<void> {
  await directory.get(name);
  if (!yes) {
    if (!input.isTerminal) throw new UsageError("Standard input is not a terminal: confirm with --yes.");
    const typed = (await input.ask(`Type ${name} to remove this user with its access keys: `)).trim();
    if (typed !== name) throw new UsageError(`Nothing was removed: that is not the name ${name}.`);
  }
  await directory.remove(actor, name);
  output.explain(`Removed ${name} with its access keys. Its files remain.`);
  output.explain(TAKES_EFFECT);
}

/** Keeps a user from signing in, also with its access keys. */
export async function disableUser(context: UsersContext, name: string): Promise<void> {
  await context.directory.change(context.actor, name, { state: "disabled" });
  const enable = userCommandLine(context, `enable ${name}`);
  context.output.explain(`Disabled ${name}, also its access keys.`);
  context.output.explain(TAKES_EFFECT);
  context.output.explain(`It keeps its grants; undo it with ${enable}`);
}

/** Lets a user sign in again. */
export async function enableUser({ directory, actor, output }: UsersContext, name: string): Promise<void> {
  const { grants } = await directory.change(actor, name, { state: "active" });
  output.explain(`Enabled ${name} with the grants: ${formatGrants(grants)}.`);
  output.explain(TAKES_EFFECT);
}

/** Gives a user a role on a prefix. */
export async function grantRole({ directory, actor, output }: UsersContext, name: string, grant: Grant): Promise<void> {
  const user = await directory.grant(actor, name, grant);
  output.explain(`${name} has the grants: ${formatGrants(user.grants)}.`);
  output.explain(TAKES_EFFECT);
}

/** Takes a role on a prefix from a user. */
export async function revokeRole(
  { directory, actor, output }: UsersContext,
  name: string,
  grant: Grant,
): Promise<void> {
  const user = await directory.revoke(actor, name, grant);
  output.explain(`Revoked ${formatGrant(grant)}. ${name} has the grants: ${formatGrants(user.grants)}.`);
  output.explain("Its access keys have no more than these.");
  output.explain(TAKES_EFFECT);
}

function explainPassword({ output }: UsersContext): void {
  output.explain("The password is the line on the standard output. It is not stored and not shown again.");
}
