import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Access, asAwsError, toXml } from "../../gateway/protocol.ts";
import type { AwsService, Caller } from "../../gateway/service.ts";
import { credentialScope, verifySignature } from "../../gateway/signature.ts";
import { traceHeaderOf } from "../../http/trace-header.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { actionName } from "./action-name.ts";
import { type Address, parseAddress, withQueryHeaders } from "./address.ts";
import { chunkVerifier } from "./chunk-signature.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { accessDenied, incompleteBody, invalidRequest, notImplemented } from "./errors.ts";
import { checkKey } from "./names.ts";
import type { S3Context } from "./operations/context.ts";
import { S3_OPERATIONS } from "./operations/index.ts";
import { header, type S3Request, type S3Response } from "./request.ts";
import { VerifiedBody } from "./verified-body.ts";
import type { XmlDocument } from "./xml.ts";

/** A larger body that is not read, as after an error, closes the connection. */
const MAX_DRAINED_BYTES = 1024 * 1024;

/** The REST protocol of S3: verifies the signature, finds the operation, and sends its response or error. */
export function s3Service(context: S3Context, access: Access): AwsService {
  return {
    signingName: "s3",
    actions: Object.keys(S3_OPERATIONS).sort(),
    async handle(message, response) {
      const requestId = context.newId().slice(0, 16).toUpperCase();
      response.setHeader("x-amz-request-id", requestId);
      response.setHeader("x-amz-id-2", requestId);
      try {
        const address = parseAddress(message);
        const cors = corsOf(context, message, address.bucket);
        if (message.method === "OPTIONS") return void (await send(message, response, preflight(message, cors)));
        for (const [name, value] of Object.entries(allowedByCors(message, cors))) response.setHeader(name, value);
        const request = signedRequest(message, address, requestId, access);
        await send(message, response, await run(context, request));
      } catch (error) {
        sendError(message, response, requestId, error);
      }
    },
  };
}

async function run(context: S3Context, request: S3Request): Promise<S3Response> {
  checkKey(request.key);
  const owner = header(request, "x-amz-expected-bucket-owner");
  if (owner !== undefined && owner !== ACCOUNT_ID) throw accessDenied();
  const action = actionName(request);
  const operation = S3_OPERATIONS[action];
  if (!operation) throw notImplemented(action);
  return await operation(context, request);
}

function signedRequest(message: IncomingMessage, address: Address, requestId: string, access: Access): S3Request {
  const { method = "GET", url = "/" } = message;
  const signed = { method, url, headers: message.headers };
  if (!credentialScope(signed)) throw hasSignatureVersion2(message, address) ? unsupportedSignature() : accessDenied();
  const presigned = message.headers.authorization === undefined;
  const payloadHash = String(message.headers["x-amz-content-sha256"] ?? (presigned ? "UNSIGNED-PAYLOAD" : ""));
  if (payloadHash === "") throw invalidRequest("Missing required header for this request: x-amz-content-sha256");
  const caller = verifySignature(signed, payloadHash, access.credentials, access.clock);
  const headers = presigned ? withQueryHeaders(message.headers, address.query) : message.headers;
  return {
    ...{ method, headers, ...address },
    call: {
      caller,
      requestId,
      traceHeader: traceHeaderOf(message.headers),
      authorize: authorizer(access, caller),
    },
    body: (maximumSize, bodyHeaders = headers) =>
      new VerifiedBody(message, bodyHeaders, payloadHash, chunkVerifier(signed, access.credentials), maximumSize),
  };
}

/** Version 1 of the AWS CLI presigns with signature version 2 by default. */
function hasSignatureVersion2({ headers }: IncomingMessage, { query }: Address): boolean {
  return headers.authorization?.startsWith("AWS ") === true || query.has("AWSAccessKeyId");
}

function unsupportedSignature(): AwsError {
  return invalidRequest("The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
}

function authorizer(access: Access, caller: Caller) {
  return (action: string, resource: string) => access.authorize(caller, action, resource);
}

async function send(message: IncomingMessage, response: ServerResponse, result: S3Response): Promise<void> {
  const { status = 200, headers = {}, body } = result;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (typeof body === "string" && !response.hasHeader("content-type")) {
    response.setHeader("content-type", "application/xml");
  }
  discardUnread(message, response);
  response.writeHead(status);
  if (body === undefined || typeof body === "string") {
    response.end(body);
    return;
  }
  try {
    await pipeline(Readable.from(body, { objectMode: false }), response);
  } catch {
    // The client disconnected or the bytes could not be read. Closing shows that the response is incomplete.
    response.destroy();
  }
}

function sendError(message: IncomingMessage, response: ServerResponse, requestId: string, cause: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { code, message: text, status, details } = asAwsError(isAborted(cause) ? incompleteBody() : cause);
  discardUnread(message, response);
  if (details.ResourceType === "DeleteMarker") response.setHeader("x-amz-delete-marker", "true");
  const error = {
    Code: code,
    Message: text,
    ...details,
    Resource: message.url,
    RequestId: requestId,
    HostId: requestId,
  };
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${toXml({ Error: error })}`;
  response.writeHead(status, { "content-type": "application/xml", "content-length": Buffer.byteLength(body) });
  response.end(message.method === "HEAD" ? undefined : body);
}

/** Discards an unread body, so that it is not parsed as the next request. */
function discardUnread(message: IncomingMessage, response: ServerResponse): void {
  if (message.complete) return;
  const { "content-length": length = 0, "transfer-encoding": encoding } = message.headers;
  if (encoding !== undefined || Number(length) > MAX_DRAINED_BYTES) response.setHeader("connection", "close");
  message.resume();
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

function corsOf({ store }: S3Context, message: IncomingMessage, bucket: string): XmlDocument | undefined {
  if (message.headers.origin === undefined || !store.hasBucket(bucket)) return undefined;
  return store.bucket(bucket).configurations.cors;
}

function preflight({ headers }: IncomingMessage, cors: XmlDocument | undefined): S3Response {
  const { origin, "access-control-request-method": method, "access-control-request-headers": names = "" } = headers;
  if (origin === undefined || method === undefined) {
    throw new AwsError("BadRequest", "Insufficient information. Origin request header needed.");
  }
  const requestedHeaders = names
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  return { headers: preflightHeaders(cors, { origin, method, headers: requestedHeaders }) };
}

function allowedByCors({ headers, method = "GET" }: IncomingMessage, cors: XmlDocument | undefined) {
  if (headers.origin === undefined) return {};
  return corsHeaders(cors, { origin: headers.origin, method, headers: [] }) ?? {};
}
