import { createHash } from "node:crypto";
import type { Access } from "../../gateway/protocol.ts";
import type { Caller } from "../../gateway/service.ts";
import { credentialScope, verifySignature } from "../../gateway/signature.ts";
import { AwsError } from "../../runtime/error.ts";

const EMPTY_BODY_HASH = createHash("sha256").update("").digest("hex");

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
const MAX_EXPIRES_SECONDS = 900;

/**
 * Returns the signer of an authentication token, which is a presigned request without its scheme:
 * `<cache>/?Action=connect&User=<user>&X-Amz-…`. Undefined when the token is not valid for this user and cache.
 */
export function tokenSigner(token: string, cacheName: string, user: string, access: Access): Caller | undefined {
  const [host = "", query = ""] = token.split(/\/?\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const isForUser =
    host === cacheName &&
    parameters.get("Action") === "connect" &&
    parameters.get("User") === user &&
    Number(parameters.get("X-Amz-Expires")) <= MAX_EXPIRES_SECONDS;
  const request = { method: "GET", url: `/?${query}`, headers: { host, "x-amz-content-sha256": EMPTY_BODY_HASH } };
  if (!isForUser || credentialScope(request)?.service !== "elasticache") return undefined;
  try {
    return verifySignature(request, EMPTY_BODY_HASH, access.credentials, access.clock);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
