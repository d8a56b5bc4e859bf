import type { IncomingHttpHeaders } from "node:http";
import type { Call } from "../../gateway/protocol.ts";
import type { Intake } from "./intake.ts";
import type { Cause } from "./objects.ts";
import { type Document, parseXml } from "./xml.ts";

/** DeleteObjects with a thousand keys of full length, each byte escaped, stays below this. */
const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

/** One signed request, verified and taken apart. */
export interface S3Request {
  readonly method: string;
  /** Empty for a request to the service itself (ListBuckets). */
  readonly bucket: string;
  /** Empty for a request to a bucket. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** With the `x-amz-` parameters of a presigned query, which S3 takes for headers. */
  readonly headers: IncomingHttpHeaders;
  readonly call: Call;
  /**
   * The verified body. Read at most once.
   *
   * @param headers what describes the body: the request's, unless some of them mean something else (the checksum of CompleteMultipartUpload).
   */
  body(maximumSize: number, headers?: IncomingHttpHeaders): Intake;
}

/** What an operation answers; the service renders it. */
export interface Reply {
  /** 200 without. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  /** XML, or bytes as they are read. */
  readonly body?: string | AsyncIterable<Buffer> | undefined;
}

/** The request's body as text. */
export async function bodyText(request: S3Request, headers = request.headers): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const bytes of request.body(MAX_DOCUMENT_BYTES, headers)) chunks.push(bytes);
  return Buffer.concat(chunks).toString("utf8");
}

/** The content of the root element of the request's XML. */
export async function bodyDocument(request: S3Request, root: string, headers = request.headers): Promise<Document> {
  return parseXml(await bodyText(request, headers), root);
}

export function header(request: Pick<S3Request, "headers">, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

/** Who caused the change that the request makes. */
export function causeOf({ call }: S3Request): Cause {
  return { principalId: `AWS:${call.caller.accessKeyId}`, requestId: call.requestId };
}
