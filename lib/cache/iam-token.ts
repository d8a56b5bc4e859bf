import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../signature/sha256.ts";
import type { Clock } from "../time/clock.ts";
import type { CacheSettings } from "./settings.ts";

/** AWS credentials, as every SDK client can provide them. */
export type CredentialsProvider = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}>;

/** Seconds that ElastiCache takes a token for: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html */
const TOKEN_SECONDS = 900;

/**
 * The password with which an IAM user signs in to ElastiCache: a presigned `connect` request without its scheme. A new one is made for
 * every connection; it need only last until the connection is there.
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
