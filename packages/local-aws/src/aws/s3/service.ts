import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Access, asAwsError, toXml } from "../../gateway/protocol.ts";
import type { AwsService, Caller } from "../../gateway/service.ts";
import { credentialScope, verifySignature } from "../../gateway/signature.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { type Address, addressOf, headersOf } from "./address.ts";
import { chunkVerifier } from "./chunk-signature.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { accessDenied, incompleteBody, invalidRequest, notImplemented } from "./errors.ts";
import { Intake } from "./intake.ts";
import { checkKey } from "./names.ts";
import type { S3Parts } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { header, type Reply, type S3Request } from "./request.ts";
import { actionOf } from "./route.ts";
import type { Document } from "./xml.ts";

/** A refused body of up to this size is read and forgotten to keep the connection; a larger one ends it. */
const DRAINED_BYTES = 1024 * 1024;

/** S3's REST protocol: verifies who calls, finds the operation, renders its reply or its error. */
export function s3Service(parts: S3Parts, access: Access): AwsService {
  return {
    signingName: "s3",
    actions: Object.keys(OPERATIONS).sort(),
    async handle(message, response) {
      const requestId = parts.newId().slice(0, 16).toUpperCase();
      response.setHeader("x-amz-request-id", requestId);
      response.setHeader("x-amz-id-2", requestId);
      try {
        const address = addressOf(message);
        const cors = corsOf(parts, message, address.bucket);
        if (message.method === "OPTIONS") return void (await send(message, response, preflight(message, cors)));
        for (const [name, value] of Object.entries(allowedByCors(message, cors))) response.setHeader(name, value);
        const request = signedRequest(message, address, requestId, access);
        await send(message, response, await run(parts, request));
      } catch (error) {
        sendError(message, response, requestId, error);
      }
    },
  };
}

async function run(parts: S3Parts, request: S3Request): Promise<Reply> {
  checkKey(request.key);
  const owner = header(request, "x-amz-expected-bucket-owner");
  if (owner !== undefined && owner !== ACCOUNT_ID) throw accessDenied();
  const action = actionOf(request);
  const operation = OPERATIONS[action];
  if (!operation) throw notImplemented(action);
  return await operation(parts, request);
}

function signedRequest(message: IncomingMessage, address: Address, requestId: string, access: Access): S3Request {
  const { method = "GET", url = "/" } = message;
  const signed = { method, url, headers: message.headers };
  if (!credentialScope(signed)) throw isSignedByVersion2(message, address) ? unsupportedSignature() : accessDenied();
  const presigned = message.headers.authorization === undefined;
  const payloadHash = String(message.headers["x-amz-content-sha256"] ?? (presigned ? "UNSIGNED-PAYLOAD" : ""));
  if (payloadHash === "") throw invalidRequest("Missing required header for this request: x-amz-content-sha256");
  const caller = verifySignature(signed, payloadHash, access.credentials, access.clock);
  const headers = presigned ? headersOf(message.headers, address.query) : message.headers;
  return {
    ...{ method, headers, ...address },
    call: { caller, requestId, authorize: authorizer(access, caller) },
    body: (maximumSize, described = headers) =>
      new Intake(message, described, payloadHash, chunkVerifier(signed, access.credentials), maximumSize),
  };
}

/** As the AWS CLI of version 1 presigns by default. */
function isSignedByVersion2({ headers }: IncomingMessage, { query }: Address): boolean {
  return headers.authorization?.startsWith("AWS ") === true || query.has("AWSAccessKeyId");
}

function unsupportedSignature(): AwsError {
  return invalidRequest("The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
}

function authorizer(access: Access, caller: Caller) {
  return (action: string, resource: string) => access.authorize(caller, action, resource);
}

async function send(message: IncomingMessage, response: ServerResponse, reply: Reply): Promise<void> {
  const { status = 200, headers = {}, body } = reply;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (typeof body === "string" && !response.hasHeader("content-type")) {
    response.setHeader("content-type", "application/xml");
  }
  endUnread(message, response);
  response.writeHead(status);
  if (body === undefined || typeof body === "string") {
    response.end(body);
    return;
  }
  try {
    await pipeline(Readable.from(body, { objectMode: false }), response);
  } catch {
    // the client went away, or the bytes could not be read: all that can still be said is that the answer is not whole
    response.destroy();
  }
}

function sendError(message: IncomingMessage, response: ServerResponse, requestId: string, thrown: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { code, message: text, status, details } = asAwsError(isAborted(thrown) ? incompleteBody() : thrown);
  endUnread(message, response);
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

/** A body that is answered before it was read: what is left of it must not be taken for the next request. */
function endUnread(message: IncomingMessage, response: ServerResponse): void {
  if (message.complete) return;
  const { "content-length": length = 0, "transfer-encoding": encoding } = message.headers;
  if (encoding !== undefined || Number(length) > DRAINED_BYTES) response.setHeader("connection", "close");
  message.resume();
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

function corsOf({ store }: S3Parts, message: IncomingMessage, bucket: string): Document | undefined {
  if (message.headers.origin === undefined || !store.hasBucket(bucket)) return undefined;
  return store.bucket(bucket).configurations.cors;
}

function preflight({ headers }: IncomingMessage, cors: Document | undefined): Reply {
  const { origin, "access-control-request-method": method, "access-control-request-headers": names = "" } = headers;
  if (origin === undefined || method === undefined) {
    throw new AwsError("BadRequest", "Insufficient information. Origin request header needed.");
  }
  const asked = names
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
  return { headers: preflightHeaders(cors, { origin, method, headers: asked }) };
}

function allowedByCors({ headers, method = "GET" }: IncomingMessage, cors: Document | undefined) {
  if (headers.origin === undefined) return {};
  return corsHeaders(cors, { origin: headers.origin, method, headers: [] }) ?? {};
}
