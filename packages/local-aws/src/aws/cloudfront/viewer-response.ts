import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { BufferedResponse, HeaderValues } from "../../http/buffered-response.ts";

import type { ResponseHeadersPolicy } from "./response-headers-policy.ts";
import type { ViewerRequest } from "./viewer-request.ts";

/** See https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html */
const COMPRESSED_BYTES = { minimum: 1_000, maximum: 10_000_000 };
const COMPRESSED_TYPES = /^(text\/|application\/(json|javascript|xml|[^;]*\+(json|xml)|wasm)|image\/svg\+xml|font\/)/;

/** The response in an encoding that the viewer accepts, if its type and size are to be compressed. */
export async function compressed(
  viewer: ViewerRequest,
  response: BufferedResponse,
  isEnabled: boolean,
): Promise<BufferedResponse> {
  const { status, headers, body } = response;
  const encoding = ["br", "gzip"].find((name) => (viewer.headers["accept-encoding"] ?? "").includes(name));
  const isCompressible =
    status === 200 &&
    body.length >= COMPRESSED_BYTES.minimum &&
    body.length <= COMPRESSED_BYTES.maximum &&
    headers["content-encoding"] === undefined &&
    COMPRESSED_TYPES.test(String(headers["content-type"] ?? ""));
  if (!isEnabled || encoding === undefined || !isCompressible) return response;
  const { etag, "content-length": _, ...rest } = headers;
  return {
    status,
    headers: {
      ...rest,
      "content-encoding": encoding,
      vary: "Accept-Encoding",
      ...(etag !== undefined && { etag: String(etag).replace(/^(?!W\/)/, "W/") }),
    },
    body: await promisify(encoding === "br" ? brotliCompress : gzip)(body),
  };
}

/** 304 if the conditions of the viewer match the response, else the response itself. */
export function conditional(
  { method, headers: conditions }: ViewerRequest,
  response: BufferedResponse,
): BufferedResponse {
  const { status, headers } = response;
  if (status !== 200 || (method !== "GET" && method !== "HEAD")) return response;
  const strong = (tag: string) => tag.trim().replace(/^W\//, "");
  const tags = conditions["if-none-match"]?.split(",").map(strong);
  const since = conditions["if-modified-since"];
  const isSame =
    tags !== undefined
      ? tags.includes(strong(String(headers.etag ?? "-"))) || tags.includes("*")
      : since !== undefined && Date.parse(String(headers["last-modified"])) <= Date.parse(since);
  if (!isSame) return response;
  const { "content-length": _, "content-type": __, "content-encoding": ___, ...rest } = headers;
  return { status: 304, headers: rest, body: Buffer.alloc(0) };
}

/** Headers with the changes of a response headers policy. */
export function withPolicyHeaders(headers: HeaderValues, policy: ResponseHeadersPolicy | undefined): HeaderValues {
  if (!policy) return headers;
  const remaining = Object.entries(headers).filter(([name]) => !policy.removed.includes(name));
  const added = policy.added.filter(({ name, override }) => override || headers[name] === undefined);
  return { ...Object.fromEntries(remaining), ...Object.fromEntries(added.map(({ name, value }) => [name, value])) };
}
