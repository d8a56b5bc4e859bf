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

/** The policy documents of a role as JSON. */
export interface RolePolicies {
  readonly identityBased: readonly string[];
  /** The permissions boundary: the role may do only what this policy allows as well. */
  readonly boundary?: string;
}

/** The current policies of a role. */
export type PoliciesOf = (roleName: string) => RolePolicies;

/**
 * Authenticates and authorizes callers: the developer's access key, which may do everything, and sessions of roles
 * (such as the execution role of a function), which may do what the recorded policies of the role allow. So a missing
 * permission in a stack causes an error locally, not only on AWS.
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

  readonly authorize: Authorize = (caller, action, resource, context) => {
    if (caller.kind === "root") return;
    const { identityBased, boundary } = this.#policiesOf(caller.roleName);
    const allowed = isAllowed(identityBased, action, resource, context);
    if (allowed && (boundary === undefined || isAllowed([boundary], action, resource, context))) return;
    const missing = allowed ? "permissions boundary" : "identity-based policy";
    throw new AwsError(
      "AccessDenied",
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no ${missing} allows the ${action} action`,
      403,
    );
  };

  /** Credentials of a role session. The same role and session name get the same ones until the local AWS stops. */
  readonly credentialsFor = (roleArn: string, sessionName: string): SessionCredentials => {
    const roleName = roleArn.split("/").at(-1) ?? roleArn;
    const digest = createHmac("sha256", this.#root.secretAccessKey).update(`${roleArn} ${sessionName}`).digest("hex");
    const accessKeyId = `ASIA${digest.slice(0, 16).toUpperCase()}`;
    const existing = this.#sessions.get(accessKeyId);
    if (existing) return existing;
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
