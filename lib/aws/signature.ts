import { createHmac, hash } from "node:crypto";
import { encodeKey } from "../keys/object-key.ts";
import type { Credentials } from "./access.ts";

/** The parts of a request that a signature covers. */
export interface Signable {
  readonly method: string;
  /** As it is sent: percent-encoded, with a leading slash. */
  readonly path: string;
  /** Not encoded. */
  readonly query: Readonly<Record<string, string>>;
  /** By names in lower case, among them `host`. All of them are signed. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Signer {
  readonly credentials: Credentials;
  readonly region: string;
  /** In the credential scope, such as `s3`. */
  readonly service: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** In place of the hash of a body that is not known, as in presigned URLs of S3. */
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

export const sha256 = (data: string | Uint8Array): string => hash("sha256", data);

/**
 * The headers of a signed request, with those of the signature.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @param payloadHash in hex
 */
export function signHeaders(request: Signable, payloadHash: string, signer: Signer): Record<string, string> {
  const { sessionToken } = signer.credentials;
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-date": timestamp(signer),
    "x-amz-content-sha256": payloadHash,
    ...(sessionToken !== undefined && { "x-amz-security-token": sessionToken }),
  };
  const signature = sign({ ...request, headers }, payloadHash, signer);
  const parts = [`Credential=${credential(signer)}`, `SignedHeaders=${names(headers)}`, `Signature=${signature}`];
  return { ...headers, authorization: `${ALGORITHM} ${parts.join(", ")}` };
}

/**
 * The query of a presigned request, encoded. The request needs exactly the headers that were signed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 *
 * @param payloadHash in hex, or {@link UNSIGNED_PAYLOAD}
 * @param expiresIn seconds
 */
export function presignQuery(request: Signable, payloadHash: string, expiresIn: number, signer: Signer): string {
  const { sessionToken } = signer.credentials;
  const query: Record<string, string> = {
    ...request.query,
    "X-Amz-Algorithm": ALGORITHM,
    "X-Amz-Credential": credential(signer),
    "X-Amz-Date": timestamp(signer),
    "X-Amz-Expires": String(expiresIn),
    "X-Amz-SignedHeaders": names(request.headers),
    ...(sessionToken !== undefined && { "X-Amz-Security-Token": sessionToken }),
  };
  return `${encodeQuery(query)}&X-Amz-Signature=${sign({ ...request, query }, payloadHash, signer)}`;
}

/** A query in the canonical form, in which it is also sent: sorted, with the encoding of RFC 3986. */
export const encodeQuery = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join("&");

function sign({ method, path, query, headers }: Signable, payloadHash: string, signer: Signer): string {
  const lines = Object.keys(headers)
    .toSorted()
    .map((name) => `${name}:${headers[name]?.trim().replace(/ +/g, " ")}\n`);
  // Only S3 signs the path as it is sent; the others encode it once more.
  const canonicalPath = signer.service === "s3" ? path : encodeKey(path);
  const canonical = [method, canonicalPath, encodeQuery(query), lines.join(""), names(headers), payloadHash];
  const toSign = [ALGORITHM, timestamp(signer), scope(signer), sha256(canonical.join("\n"))].join("\n");
  const key = scope(signer).split("/").reduce<string | Buffer>(hmac, `AWS4${signer.credentials.secretAccessKey}`);
  return hmac(key, toSign).toString("hex");
}

const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();
const encode = (text: string): string => encodeKey(text).replaceAll("/", "%2F");
const names = (headers: Signable["headers"]): string => Object.keys(headers).toSorted().join(";");
const timestamp = ({ now }: Signer): string => new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");
const credential = (signer: Signer): string => `${signer.credentials.accessKeyId}/${scope(signer)}`;
const scope = (signer: Signer): string =>
  `${timestamp(signer).slice(0, 8)}/${signer.region}/${signer.service}/aws4_request`;
