import { createHmac, randomBytes } from "node:crypto";
import type { Authorize, Caller, Credentials } from "../../gateway/service.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { isAllowed } from "./policy.ts";

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface SessionCredentials extends AccessKey {
  readonly sessionToken: string;
}

/** The policies of a role as JSON. */
export interface RolePolicies {
  readonly allowing: readonly string[];
  /** Bounds what the others allow; a boundary that is nowhere allows nothing. */
  readonly boundary?: string;
}

/** The policies that a role has by now. */
export type PoliciesOf = (roleName: string) => RolePolicies;

/**
 * Who may sign requests and what they may do: the developer's own key, allowed everything, and the sessions of roles (what Lambda gives to a
 * function), allowed what the role's recorded policies allow. So a right that a stack forgot is missed on this machine already.
 */
export class AccessControl {
  readonly #root: AccessKey;
  readonly #policiesOf: PoliciesOf;
  readonly #sessions = new Map<string, SessionCredentials & { readonly caller: Caller }>();

  constructor(root: AccessKey, policiesOf: PoliciesOf) {
    this.#root = root;
    this.#policiesOf = policiesOf;
  }

  readonly credentials: Credentials = {
    find: (accessKeyId) =>
      accessKeyId === this.#root.accessKeyId
        ? { ...this.#root, caller: { kind: "root", arn: `arn:aws:iam::${ACCOUNT_ID}:root`, accessKeyId } }
        : this.#sessions.get(accessKeyId),
  };

  readonly authorize: Authorize = (caller, action, resource) => {
    if (caller.kind === "root") return;
    const { allowing, boundary } = this.#policiesOf(caller.roleName);
    const allowed = isAllowed(allowing, action, resource);
    if (allowed && (boundary === undefined || isAllowed([boundary], action, resource))) return;
    const missing = allowed ? "permissions boundary" : "identity-based policy";
    throw new AwsError(
      "AccessDenied",
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no ${missing} allows the ${action} action`,
      403,
    );
  };

  /** Credentials of a session of the role. The same role and session name get the same ones as long as the stand-in runs. */
  readonly credentialsFor = (roleArn: string, sessionName: string): SessionCredentials => {
    const roleName = roleArn.split("/").at(-1) ?? roleArn;
    const digest = createHmac("sha256", this.#root.secretAccessKey).update(`${roleArn} ${sessionName}`).digest("hex");
    const accessKeyId = `ASIA${digest.slice(0, 16).toUpperCase()}`;
    const known = this.#sessions.get(accessKeyId);
    if (known) return known;
    const session = {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString("base64"),
      sessionToken: randomBytes(96).toString("base64"),
      caller: {
        kind: "role",
        arn: `arn:aws:sts::${ACCOUNT_ID}:assumed-role/${roleName}/${sessionName}`,
        accessKeyId,
        roleName,
      },
    } as const;
    this.#sessions.set(accessKeyId, session);
    return session;
  };
}
