import { formatGrants } from "../../lib/users/format-grants.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { TAKES_EFFECT } from "./effect.ts";
import { parseExpiry } from "./expiry.ts";
import { renderExpiry } from "./render-users.ts";
import { keyExamples } from "./sign-in-examples.ts";
import { type UsersContext, userCommandLine } from "./users-context.ts";

export interface NewKeyOptions {
  /** What the key is for. */
  readonly name: string;
  /** Undefined for those that the user has. */
  readonly grant: Grant | undefined;
  readonly expires: string | undefined;
}

/** Creates an access key, and prints its token. */
export async function addKey(
  context: UsersContext,
  user: string,
  { name, grant, expires }: NewKeyOptions,
): Promise<void> {
  const { directory, actor, clock, output, apiUrl } = context;
  const { key, token } = await directory.addKey(actor, user, {
    name,
    grants: grant && [grant],
    expiresAt: expires === undefined ? undefined : parseExpiry(expires, clock.now()),
  });
  output.result(token);
  const { id, grants = [], expiresAt } = key;
  const revoke = userCommandLine(context, `key revoke ${user} ${id}`);
  output.explain(`Added the access key ${name} of ${user} with the grants: ${formatGrants(grants)}.`);
  output.explain(`It expires: ${renderExpiry(expiresAt)}. Revoke it with ${revoke}`);
  output.explain("The token is the line on the standard output. It is not stored and not shown again.");
  if (apiUrl === "") return;
  output.explain(`Use it, when it is in the file ${user}.key:`);
  for (const line of keyExamples(apiUrl, user)) output.explain(`  ${line}`);
}

/** Revokes an access key. */
export async function revokeKey({ directory, actor, output }: UsersContext, user: string, id: string): Promise<void> {
  await directory.revokeKey(actor, user, id);
  output.explain(`Revoked the access key ${id} of ${user}.`);
  output.explain(TAKES_EFFECT);
}
