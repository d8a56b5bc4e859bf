import type { IncomingHttpHeaders } from "node:http";
import type { Call } from "../../gateway/protocol.ts";
import type { Requester } from "./objects.ts";
import type { VerifiedBody } from "./verified-body.ts";
import { parseXml, type XmlDocument } from "./xml.ts";

/** Enough for DeleteObjects with 1,000 keys of the maximum length, with each byte escaped. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

/** A request with a verified signature. */
export interface S3Request {
  readonly method: string;
  /** Empty for a request to the service itself (ListBuckets). */
  readonly bucket: string;
  /** Empty for a request to a bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** Including the `x-amz-` parameters of a presigned query, which S3 treats as headers. */
  readonly headers: IncomingHttpHeaders;
  readonly call: Call;
  /**
   * The body, which is verified while it is read. Call at most once.
   *
   * @param maximumSize in bytes.
   * @param headers the headers that describe the body. Default: those of the request.
   */
  body(maximumSize: number, headers?: IncomingHttpHeaders): VerifiedBody;
}

/** The result of an operation, which the service sends as the HTTP response. */
export interface S3Response {
  /** Default: 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  /** XML, or a stream of bytes. */
  readonly body?: string | AsyncIterable<Buffer> | undefined;
}

/** Reads the body as UTF-8 text. */
export async function bodyText(request: S3Request, headers = request.headers): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const bytes of request.body(MAX_DOCUMENT_BYTES, headers)) chunks.push(bytes);
  return Buffer.concat(chunks).toString("utf8");
}

/** Reads the body as XML and returns the content of the root element. @throws AwsError `MalformedXML`. */
export async function bodyDocument(request: S3Request, root: string, headers = request.headers): Promise<XmlDocument> {
  return parseXml(await bodyText(request, headers), root);
}

export function header(request: Pick<S3Request, "headers">, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** The source of the change that the request makes, for its event. */
export function requesterOf({ call }: S3Request): Requester {
  return { principalId: `AWS:${call.caller.accessKeyId}`, requestId: call.requestId, traceHeader: call.traceHeader };
}
