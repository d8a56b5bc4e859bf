import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Answer } from "./cache.ts";
import type { Headers } from "./freshness.ts";
import type { ResponseHeadersPolicy } from "./model.ts";
import type { ViewerRequest } from "./viewer-request.ts";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html */
const COMPRESSED_BYTES = { least: 1_000, most: 10_000_000 };
const COMPRESSED_TYPES = /^(text\/|application\/(json|javascript|xml|[^;]*\+(json|xml)|wasm)|image\/svg\+xml|font\/)/;

/** The answer in an encoding that the viewer takes, where that saves something. */
export async function compressed(viewer: ViewerRequest, answer: Answer, isWanted: boolean): Promise<Answer> {
  const { status, headers, body } = answer;
  const encoding = ["br", "gzip"].find((name) => (viewer.headers["accept-encoding"] ?? "").includes(name));
  const isWorthIt =
    status === 200 &&
    body.length >= COMPRESSED_BYTES.least &&
    body.length <= COMPRESSED_BYTES.most &&
    headers["content-encoding"] === undefined &&
    COMPRESSED_TYPES.test(String(headers["content-type"] ?? ""));
  if (!isWanted || encoding === undefined || !isWorthIt) return answer;
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

/** 304 when the viewer has this answer already. */
export function conditioned({ method, headers: asked }: ViewerRequest, answer: Answer): Answer {
  const { status, headers } = answer;
  if (status !== 200 || (method !== "GET" && method !== "HEAD")) return answer;
  const strong = (tag: string) => tag.trim().replace(/^W\//, "");
  const tags = asked["if-none-match"]?.split(",").map(strong);
  const since = asked["if-modified-since"];
  const isSame =
    tags !== undefined
      ? tags.includes(strong(String(headers.etag ?? "-"))) || tags.includes("*")
      : since !== undefined && Date.parse(String(headers["last-modified"])) <= Date.parse(since);
  if (!isSame) return answer;
  const { "content-length": _, "content-type": __, "content-encoding": ___, ...rest } = headers;
  return { status: 304, headers: rest, body: Buffer.alloc(0) };
}

export function withPolicyHeaders(headers: Headers, policy: ResponseHeadersPolicy | undefined): Headers {
  if (!policy) return headers;
  const left = Object.entries(headers).filter(([name]) => !policy.removed.includes(name));
  const added = policy.added.filter(({ name, override }) => override || headers[name] === undefined);
  return { ...Object.fromEntries(left), ...Object.fromEntries(added.map(({ name, value }) => [name, value])) };
}
