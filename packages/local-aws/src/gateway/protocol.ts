import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { traceHeaderOf } from "../http/trace-header.ts";
import type { Clock } from "../runtime/clock.ts";
import { AwsError, unsupported } from "../runtime/error.ts";
import type { Authorize, AwsService, Caller, Credentials, RequestContext } from "./service.ts";
import { verifySignature } from "./signature.ts";

/** The context of a call, which every operation receives in addition to its input. */
export interface Call {
  readonly caller: Caller;
  readonly requestId: string;
  /** The tracing header of the request: `X-Amzn-Trace-Id`. */
  readonly traceHeader?: string | undefined;
  /** See {@link Authorize}; for the caller of this call. */
  authorize(action: string, resource: string, context?: RequestContext): void;
}

/** What a service requires to authenticate and authorize its callers. */
export interface Access {
  readonly credentials: Credentials;
  readonly authorize: Authorize;
  readonly clock: Clock;
}

/** One AWS action (`CreateQueue`): its input as the SDK sends it, its output as the SDK reads it. */
export type Operation = (input: never, call: Call) => unknown;

interface JsonServiceDefinition {
  readonly signingName: string;
  /** The part of `X-Amz-Target` before the dot: `AmazonSQS`, `secretsmanager`, `Logs_20140328`. */
  readonly target: string;
  readonly jsonVersion: "1.0" | "1.1";
  /** By AWS action name. Any other action is rejected with an error that names it. */
  readonly operations: Readonly<Record<string, Operation>>;
}

/** A service of the AWS JSON protocol: one URL, the action in `X-Amz-Target`, JSON in requests and responses. */
export function jsonService(definition: JsonServiceDefinition, access: Access): AwsService {
  const contentType = `application/x-amz-json-${definition.jsonVersion}`;
  return service(definition, access, {
    contentType,
    async respond(request, body, call) {
      const action = String(request.headers["x-amz-target"] ?? "").replace(`${definition.target}.`, "");
      const operation = definition.operations[action];
      if (!operation) throw unsupportedAction(definition.signingName, action);
      return { status: 200, body: JSON.stringify((await operation(parseJson(body) as never, call)) ?? {}) };
    },
    fail: ({ code, message, status, details }) => ({
      status,
      body: JSON.stringify({ __type: exceptionName(code), message, Message: message, ...details }),
    }),
  });
}

export interface RestInput {
  /** Values of the `{name}` parts of the route, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A response other than `200` with a JSON body. */
export class RestResponse {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: string, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export type RestOperation = (input: RestInput, call: Call) => unknown;

interface RestServiceDefinition<Action extends string> {
  readonly signingName: string;
  readonly operations: Readonly<Record<Action, RestOperation>>;
  /** Action by route: `POST /2015-03-31/functions/{FunctionName}/invocations`. Other routes are rejected. */
  readonly routes: Readonly<Record<string, NoInfer<Action>>>;
}

/** A service of the AWS REST-JSON protocol: the action in method and path. */
export function restService<Action extends string>(
  definition: RestServiceDefinition<Action>,
  access: Access,
): AwsService {
  const routes = Object.entries(definition.routes).map(([route, action]) => {
    const [method = "", template = ""] = route.split(" ");
    const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}/?$`);
    return { method, pattern, operation: definition.operations[action] };
  });
  return service(definition, access, {
    contentType: "application/json",
    async respond(request, body, call) {
      const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s);
      const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(path));
      if (!route) throw unsupportedAction(definition.signingName, `${request.method} ${path}`);
      const groups = route.pattern.exec(path)?.groups ?? {};
      const input: RestInput = {
        path: Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)])),
        query: new URLSearchParams(query),
        headers: request.headers,
        body,
      };
      const output = await route.operation(input, call);
      return output instanceof RestResponse ? output : { status: 200, body: JSON.stringify(output ?? {}) };
    },
    fail: ({ code, message, status, details }) => ({
      status,
      body: JSON.stringify({ Type: "User", Message: message, message, ...details }),
      headers: { "x-amzn-errortype": exceptionName(code) },
    }),
  });
}

interface QueryServiceDefinition {
  readonly signingName: string;
  /** XML namespace of the responses, which names the API version. */
  readonly namespace: string;
  /** By AWS action name; the input is the fields of the form as sent (`RoleArn`, `Tags.member.1.Key`). */
  readonly operations: Readonly<Record<string, (input: Readonly<Record<string, string>>, call: Call) => unknown>>;
}

/** A service of the AWS query protocol (STS, SNS, IAM): form fields in requests, XML in responses. */
export function queryService(definition: QueryServiceDefinition, access: Access): AwsService {
  return service(definition, access, {
    contentType: "text/xml",
    async respond(request, body, call) {
      const input = Object.fromEntries(new URLSearchParams(body || (request.url ?? "").split("?")[1]));
      const action = input.Action ?? "";
      const operation = definition.operations[action];
      if (!operation) throw unsupportedAction(definition.signingName, action);
      const result = toXml({
        [`${action}Result`]: (await operation(input, call)) ?? {},
        ResponseMetadata: { RequestId: call.requestId },
      });
      return { status: 200, body: `<${action}Response xmlns="${definition.namespace}">${result}</${action}Response>` };
    },
    fail({ code, message, status }, requestId) {
      const xml = toXml({
        Error: { Type: status < 500 ? "Sender" : "Receiver", Code: code, Message: message },
        RequestId: requestId,
      });
      return { status, body: `<ErrorResponse xmlns="${definition.namespace}">${xml}</ErrorResponse>` };
    },
  });
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What differs between the protocols. */
interface Protocol {
  readonly contentType: string;
  respond(request: IncomingMessage, body: string, call: Call): Promise<Reply>;
  fail(error: AwsError, requestId: string): Reply;
}

/** A service that verifies the signature of each request and responds, also to errors, in the form of the protocol. */
function service(
  { signingName, operations }: { readonly signingName: string; readonly operations: object },
  access: Access,
  { contentType, respond, fail }: Protocol,
): AwsService {
  return {
    signingName,
    actions: Object.keys(operations).sort(),
    async handle(request, response) {
      const requestId = randomUUID();
      const send = ({ status, body, headers }: Reply) =>
        response
          .writeHead(status, {
            "content-type": contentType,
            "content-length": Buffer.byteLength(body),
            "x-amzn-requestid": requestId,
            ...headers,
          })
          .end(body);
      try {
        const { body, call } = await readSigned(request, requestId, access);
        send(await respond(request, body, call));
      } catch (error) {
        send(fail(asAwsError(error), requestId));
      }
    },
  };
}

/** An object as XML elements: a list repeats its element, as S3 and the query services' flattened lists do. */
export function toXml(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "object") return escapeXml(String(value));
  return Object.entries(value)
    .flatMap(([name, member]) =>
      Array.isArray(member) ? member.map((item) => [name, item] as const) : [[name, member] as const],
    )
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `<${name}>${toXml(member)}</${name}>`)
    .join("");
}

/**
 * Escapes text for XML 1.0. Control characters, which the format does not allow, become character references, as in the
 * responses of AWS.
 */
export function escapeXml(text: string): string {
  return text.replace(/[<>&"\p{Cc}]/gu, (character) => `&#${character.charCodeAt(0)};`);
}

function unsupportedAction(signingName: string, action: string): AwsError {
  const feature = `${signingName} ${action || "without an action"}`;
  return unsupported(feature, { code: "UnknownOperationException", status: 501 });
}

/**
 * Converts any thrown value to the error that the client receives. An unexpected one is written to stderr, because it
 * is a bug in the local AWS.
 */
export function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  console.error(error);
  return new AwsError("InternalFailure", error instanceof Error ? error.message : String(error), 500);
}

/** `AccessDenied` of the XML protocols is `AccessDeniedException` in the JSON ones. */
function exceptionName(code: string): string {
  return code === "AccessDenied" ? "AccessDeniedException" : code;
}

async function readSigned(
  request: IncomingMessage,
  requestId: string,
  access: Access,
): Promise<{ body: string; call: Call }> {
  const body = await text(request);
  const hash = createHash("sha256").update(body).digest("hex");
  const signed = { method: request.method ?? "GET", url: request.url ?? "/", headers: request.headers };
  const caller = verifySignature(signed, hash, access.credentials, access.clock);
  return {
    body,
    call: {
      caller,
      requestId,
      traceHeader: traceHeaderOf(request.headers),
      authorize: (action, resource, context) => access.authorize(caller, action, resource, context),
    },
  };
}

function parseJson(body: string): unknown {
  if (body === "") return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new AwsError("SerializationException", "The request body is not valid JSON.");
  }
}
