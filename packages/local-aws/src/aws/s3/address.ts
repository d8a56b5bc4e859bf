import type { IncomingMessage } from "node:http";
import { AwsError } from "../../runtime/error.ts";
import { checkHeaderValue } from "./header-value.ts";
import { isBucketName } from "./names.ts";

/** The bucket, the key and the query of a request URL. */
export interface Address {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/**
 * Parses path-style requests (`/bucket/key`) and virtual-hosted-style requests (`bucket.localhost` or
 * `bucket.s3.localhost`).
 *
 * @throws AwsError `InvalidURI` when the path is not valid percent-encoded UTF-8.
 */
export function parseAddress({ url = "/", headers }: Pick<IncomingMessage, "url" | "headers">): Address {
  const [path = "/", rawQuery = ""] = url.split(/\?(.*)/s);
  // In a query of S3, a plus sign is not a space.
  const query = new URLSearchParams(rawQuery.replaceAll("+", "%2B"));
  const host = /^(.+?)(?:\.s3)?\.localhost(?::\d+)?$/.exec(headers.host ?? "")?.[1];
  if (host !== undefined && isBucketName(host)) return { bucket: host, key: decode(path.slice(1)), query };
  const [bucket = "", key = ""] = path.slice(1).split(/\/(.*)/s);
  return { bucket: decode(bucket), key: decode(key), query };
}

/**
 * The headers of a presigned request, including those in its query. S3 ignores checksums in the query, and the
 * JavaScript SDK depends on that: when it presigns an upload, it adds the checksum of an empty body.
 */
export function withQueryHeaders(
  headers: IncomingMessage["headers"],
  query: URLSearchParams,
): IncomingMessage["headers"] {
  const queryHeaders: Record<string, string> = {};
  for (const [name, value] of query) {
    if (!/^x-amz-(?!checksum-)/i.test(name) || SIGNATURE_PARAMETERS.has(name)) continue;
    checkHeaderValue(name, value);
    queryHeaders[name.toLowerCase()] = value;
  }
  return { ...queryHeaders, ...headers };
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
