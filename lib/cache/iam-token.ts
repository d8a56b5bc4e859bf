import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../signature/sha256.ts";
import type { Clock } from "../time/clock.ts";
import type { CacheSettings } from "./settings.ts";

/** Provides AWS credentials, like the `credentials` of an SDK client's configuration. */
export type CredentialsProvider = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}>;

/** Seconds that a token is valid: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
const TOKEN_SECONDS = 900;

/**
 * The password for IAM authentication to ElastiCache: a presigned `connect` request without its scheme. Every
 * connection uses a new one, which only has to be valid until the connection is established.
 */
export async function createIamToken(
  { user, cacheName }: NonNullable<CacheSettings["iam"]>,
  region: string,
  credentials: CredentialsProvider,
  clock: Clock,
): Promise<string> {
  const signer = new SignatureV4({ service: "elasticache", region, credentials, sha256: Sha256 });
  const signed = await signer.presign(
    {
      method: "GET",
      protocol: "http:",
      hostname: cacheName,
      path: "/",
      query: { Action: "connect", User: user },
      headers: { host: cacheName },
    },
    { expiresIn: TOKEN_SECONDS, signingDate: new Date(clock.now()) },
  );
  const query = Object.entries(signed.query ?? {})
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join("&");
  return `${cacheName}/?${query}`;
}
