import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../runtime/clock.ts";
import { AwsError } from "../runtime/error.ts";
import type { Caller, Credentials } from "./service.ts";

/**
 * AWS rejects a signature whose time differs by more:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html
 */
const MAX_SKEW_MS = 15 * 60 * 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html: seven days at most. */
const MAX_EXPIRES_SECONDS = 604_800;

/** The parts of a request that its signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** The credential scope of a request, before anything is verified. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

interface Signature extends CredentialScope {
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDD'T'HHMMSS'Z'`. */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Seconds, of a presigned URL. */
  readonly expires: number | undefined;
}

/** The scope of a signed request (header or presigned query), or undefined when it is not signed at all. */
export function credentialScope(request: SignedRequest): CredentialScope | undefined {
  return parse(request);
}

/**
 * Verifies a Signature Version 4, from the `Authorization` header or from a presigned query, and returns the caller.
 *
 * @param payloadHash the hash of the payload that was signed: hex SHA-256 of the body, or the value of
 *   `x-amz-content-sha256`. It is ignored for presigned requests to S3, which are signed with `UNSIGNED-PAYLOAD` unless
 *   that header is among the signed ones.
 * @throws AwsError with the code of AWS: `MissingAuthenticationToken`, `InvalidClientTokenId` (S3:
 *   `InvalidAccessKeyId`), `SignatureDoesNotMatch`, `RequestTimeTooSkewed`, `AccessDenied` for an expired URL.
 */
export function verifySignature(
  request: SignedRequest,
  payloadHash: string,
  credentials: Credentials,
  clock: Clock,
): Caller {
  const signature = parse(request);
  if (!signature) throw new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  const known = credentials.find(signature.accessKeyId);
  if (!known || (known.sessionToken !== undefined && known.sessionToken !== signature.sessionToken)) {
    throw signature.service === "s3"
      ? new AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403)
      : new AwsError("InvalidClientTokenId", "The security token included in the request is invalid.", 403);
  }
  checkTime(signature, clock);
  const expected = createHmac("sha256", signingKey(known.secretAccessKey, signature))
    .update(stringToSign(signature, canonicalRequest(request, signature, payloadHash)))
    .digest();
  const actual = Buffer.from(signature.signature, "hex");
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new AwsError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
      403,
    );
  }
  return known.caller;
}

function parse(request: SignedRequest): Signature | undefined {
  const authorization = request.headers.authorization;
  if (authorization?.startsWith("AWS4-HMAC-SHA256")) {
    const field = (name: string) => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? "";
    return {
      ...scopeOf(field("Credential")),
      signedHeaders: field("SignedHeaders").split(";"),
      signature: field("Signature"),
      timestamp: header(request.headers, "x-amz-date"),
      sessionToken: header(request.headers, "x-amz-security-token") || undefined,
      expires: undefined,
    };
  }
  const query = new URLSearchParams(request.url.split("?")[1] ?? "");
  if (query.get("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") return undefined;
  return {
    ...scopeOf(query.get("X-Amz-Credential") ?? ""),
    signedHeaders: (query.get("X-Amz-SignedHeaders") ?? "").split(";"),
    signature: query.get("X-Amz-Signature") ?? "",
    timestamp: query.get("X-Amz-Date") ?? "",
    sessionToken: query.get("X-Amz-Security-Token") ?? undefined,
    expires: Number(query.get("X-Amz-Expires") ?? "NaN"),
  };
}

function scopeOf(credential: string): CredentialScope {
  const parts = credential.split("/");
  const [date = "", region = "", service = ""] = parts.slice(-4);
  return { accessKeyId: parts.slice(0, -4).join("/"), date, region, service };
}

function checkTime({ timestamp, expires }: Signature, clock: Clock): void {
  const signedAt = Date.parse(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(signedAt))
    throw new AwsError("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", 403);
  const age = clock.now() - signedAt;
  if (expires === undefined) {
    if (Math.abs(age) > MAX_SKEW_MS) {
      throw new AwsError(
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
        403,
      );
    }
    return;
  }
  if (!Number.isInteger(expires) || expires < 1 || expires > MAX_EXPIRES_SECONDS) {
    throw new AwsError("AuthorizationQueryParametersError", "X-Amz-Expires must be between 1 and 604800 seconds", 400);
  }
  if (age < -MAX_SKEW_MS) throw new AwsError("AccessDenied", "Request is not yet valid", 403);
  if (age > expires * 1000) throw new AwsError("AccessDenied", "Request has expired", 403);
}

function canonicalRequest(request: SignedRequest, signature: Signature, payloadHash: string): string {
  const [path = "/", query = ""] = request.url.split(/\?(.*)/s);
  const presigned = signature.expires !== undefined;
  return [
    request.method,
    // S3 signs the path as it is sent; for every other service it is encoded once more.
    signature.service === "s3" ? canonicalS3Path(path) : path.split("/").map(encode).join("/"),
    canonicalQuery(query),
    ...signature.signedHeaders.map((name) => `${name}:${header(request.headers, name).trim().replace(/\s+/g, " ")}`),
    "",
    signature.signedHeaders.join(";"),
    presigned && signature.service === "s3"
      ? header(request.headers, "x-amz-content-sha256") || "UNSIGNED-PAYLOAD"
      : payloadHash,
  ].join("\n");
}

/** Normalizes a path, which clients escape in different ways. */
function canonicalS3Path(path: string): string {
  return path
    .split("/")
    .map((segment) => encode(decode(segment)))
    .join("/");
}

function canonicalQuery(query: string): string {
  return query
    .split("&")
    .filter((pair) => pair !== "" && !pair.startsWith("X-Amz-Signature="))
    .map((pair) => {
      const [name = "", value = ""] = pair.split(/=(.*)/s);
      return [encode(decode(name)), encode(decode(value))] as const;
    })
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function stringToSign({ timestamp, date, region, service }: Signature, canonical: string): string {
  const digest = createHash("sha256").update(canonical).digest("hex");
  return ["AWS4-HMAC-SHA256", timestamp, `${date}/${region}/${service}/aws4_request`, digest].join("\n");
}

/** The signing key for a day, region and service, which S3's chunk signatures use, too. */
export function signingKey(secretAccessKey: string, { date, region, service }: CredentialScope): Buffer {
  const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
  return hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, date), region), service), "aws4_request");
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(",") : (value ?? "");
}

/** RFC 3986 encoding, as Signature Version 4 requires. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
