import type { AwsAccess } from "../aws/access.ts";
import { presignQuery, sha256 } from "../aws/signature.ts";
import type { Clock } from "../time/clock.ts";
import type { CacheSettings } from "./settings.ts";

/** Seconds that a token is valid: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
const TOKEN_SECONDS = 900;

/**
 * The password for IAM authentication to ElastiCache: a presigned `connect` request without its scheme. Every
 * connection uses a new one, which only has to be valid until the connection is established.
 */
export async function createIamToken(
  { user, cacheName }: NonNullable<CacheSettings["iam"]>,
  { credentials, region }: Pick<AwsAccess, "credentials" | "region">,
  clock: Clock,
): Promise<string> {
  const request = { method: "GET", path: "/", query: { Action: "connect", User: user }, headers: { host: cacheName } };
  const signer = { credentials: await credentials(), region, service: "elasticache", now: clock.now() };
  return `${cacheName}/?${presignQuery(request, sha256(""), TOKEN_SECONDS, signer)}`;
}
