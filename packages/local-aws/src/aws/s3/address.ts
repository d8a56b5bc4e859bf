import type { IncomingMessage } from "node:http";
import { AwsError } from "../../runtime/error.ts";
import { checkHeaderValue } from "./header-value.ts";
import { isBucketName } from "./names.ts";

/** What a request's address names. */
export interface Address {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/**
 * Takes bucket and key from the path (`/bucket/key`), or the bucket from the host (`bucket.localhost`, `bucket.s3.localhost`), as S3's
 * path-style and virtual-hosted-style addresses.
 *
 * @throws AwsError `InvalidURI` when the path is not the encoding of a text.
 */
export function addressOf({ url = "/", headers }: Pick<IncomingMessage, "url" | "headers">): Address {
  const [path = "/", rawQuery = ""] = url.split(/\?(.*)/s);
  // a plus sign in S3's query is a plus sign
  const query = new URLSearchParams(rawQuery.replaceAll("+", "%2B"));
  const host = /^(.+?)(?:\.s3)?\.localhost(?::\d+)?$/.exec(headers.host ?? "")?.[1];
  if (host !== undefined && isBucketName(host)) return { bucket: host, key: decode(path.slice(1)), query };
  const [bucket = "", key = ""] = path.slice(1).split(/\/(.*)/s);
  return { bucket: decode(bucket), key: decode(key), query };
}

/**
 * A presigned request may carry in its query what others send as headers. Not so checksums: S3 ignores them there, and the JavaScript SDK
 * counts on it (it presigns an upload with the checksum of the body that it does not have yet, so of nothing).
 */
export function headersOf(headers: IncomingMessage["headers"], query: URLSearchParams): IncomingMessage["headers"] {
  const hoisted: Record<string, string> = {};
  for (const [name, value] of query) {
    if (!/^x-amz-(?!checksum-)/i.test(name) || SIGNATURE_PARAMETERS.has(name)) continue;
    checkHeaderValue(name, value);
    hoisted[name.toLowerCase()] = value;
  }
  return { ...hoisted, ...headers };
}

const SIGNATURE_PARAMETERS = new Set([
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
  "X-Amz-SignedHeaders",
]);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.");
  }
}
