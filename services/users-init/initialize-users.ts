import type { AuditLog } from "../../lib/audit/audit-log.ts";
import type { UserSecret } from "../../lib/secrets/cached-secret.ts";
import type { Clock } from "../../lib/time/clock.ts";
import type { Grant } from "../../lib/users/grants.ts";
import { hashPassword, verifyPassword } from "../../lib/users/password-hash.ts";
import { generateId, hashToken } from "../../lib/users/token.ts";
import { UserError } from "../../lib/users/user-error.ts";
import { parseUserName } from "../../lib/users/user-name.ts";
import type { CredentialStore, UserStore } from "../../lib/users/user-store.ts";

/** What a run changed; nothing when it is repeated. */
export interface InitializationResult {
  readonly administrator: "created" | "password changed" | "unchanged";
  readonly canary: "created" | "key changed" | "unchanged";
}

export interface InitializationDependencies {
  readonly users: UserStore;
  readonly credentials: CredentialStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** The user of the canary, and the only files that it can reach. */
const CANARY = parseUserName("canary");
const CANARY_GRANTS: readonly Grant[] = [{ role: "writer", prefix: "canary/" }];

/** Characters. A shorter key could be guessed, because the sign-in with keys is not limited. */
const MIN_KEY_LENGTH = 32;

const ACTOR = { who: "users-init", from: "deployment" } as const;

/**
 * Creates the users that a deployment needs: the first administrator, whose password is in the secret `client`, and the
 * user of the canary, whose access key is in the secret `client-api-key`. When a secret has a new value, the password
 * or the key changes, unless the administrator has got another password or was removed.
 *
 * @throws UserError when the secrets contain an invalid name or key
 */
export async function initializeUsers(
  client: UserSecret,
  apiKey: { readonly key: string },
  dependencies: InitializationDependencies,
): Promise<InitializationResult> {
  const administrator = await initializeAdministrator(client, dependencies);
  const canary = await initializeCanary(apiKey.key, dependencies);
  return { administrator, canary };
}

async function initializeAdministrator(
  { username, password }: UserSecret,
  { users, audit, clock }: InitializationDependencies,
): Promise<InitializationResult["administrator"]> {
  const name = parseUserName(username);
  const now = clock.now();
  const existing = await users.find(name);
  if (existing === undefined) {
    const isFirst = await users.createFirst({
      name,
      state: "active",
      grants: [{ role: "admin", prefix: "" }],
      createdAt: now,
      passwordHash: await hashPassword(password),
      passwordChangedAt: now,
      passwordFromSecret: true,
    });
    if (!isFirst) return "unchanged";
    await audit.record({ ...ACTOR, action: "add-user", target: name, outcome: "succeeded" });
    return "created";
  }
  const { passwordFromSecret, passwordHash } = existing;
  if (!passwordFromSecret || passwordHash === undefined || (await verifyPassword(password, passwordHash))) {
    return "unchanged";
  }
  const replacement = await hashPassword(password);
  await users.update(name, (user) => ({ ...user, passwordHash: replacement, passwordChangedAt: now }));
  await audit.record({ ...ACTOR, action: "set-password", target: name, outcome: "succeeded" });
  return "password changed";
}

async function initializeCanary(
  key: string,
  { users, credentials, audit, clock }: InitializationDependencies,
): Promise<InitializationResult["canary"]> {
  if (key.length < MIN_KEY_LENGTH) {
    throw new UserError("InvalidKey", `The secret client-api-key must have at least ${MIN_KEY_LENGTH} characters.`);
  }
  const hash = hashToken(key);
  const user = await users.find(CANARY);
  if (user === undefined) {
    await users.create({ name: CANARY, state: "active", grants: CANARY_GRANTS, createdAt: clock.now() });
    await audit.record({ ...ACTOR, action: "add-user", target: CANARY, outcome: "succeeded" });
  }
  const current = await credentials.find(hash);
  if (current && user && current.createdAt >= user.createdAt) return "unchanged";
  const others = (await credentials.list(CANARY)).filter((credential) => credential.hash !== hash);
  await credentials.save({
    hash,
    kind: "key",
    id: generateId(),
    user: CANARY,
    name: "client-api-key",
    grants: CANARY_GRANTS,
    createdAt: clock.now(),
  });
  for (const other of others.filter(({ name }) => name === "client-api-key")) await credentials.remove(other.hash);
  await audit.record({ ...ACTOR, action: "add-key", target: CANARY, outcome: "succeeded" });
  return user === undefined ? "created" : "key changed";
}
