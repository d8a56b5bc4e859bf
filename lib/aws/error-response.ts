import type { IncomingHttpHeaders } from "node:http";
import { parseJson } from "../json/parse-json.ts";
import type { ErrorResponse } from "./aws-error.ts";
import { parseXml } from "./xml.ts";

/** The error in a response of any of AWS's protocols: JSON, or XML as S3 has it. */
export function readErrorResponse(status: number, headers: IncomingHttpHeaders, body: string): ErrorResponse {
  const document = isXml(body) ? xmlError(body) : jsonError(body);
  const { Code, __type, message, Message, RequestId, ...details } = document;
  const code = Code ?? headers["x-amzn-errortype"] ?? __type;
  return {
    status,
    // `com.amazonaws.dynamodb.v20120810#ThrottlingException`, `ResourceNotFoundException:http://…`; the response to
    // HEAD has no body.
    code: (typeof code === "string" && /^(?:.*#)?([^:]+)/.exec(code)?.[1]) || (status === 404 ? "NotFound" : "Unknown"),
    message: [message, Message].find((text) => typeof text === "string") ?? "",
    requestId: requestIdOf(headers) ?? (typeof RequestId === "string" ? RequestId : undefined),
    details,
  };
}

/** The ID by which AWS finds the request. S3 has a header of its own. */
export const requestIdOf = (headers: IncomingHttpHeaders): string | undefined =>
  [headers["x-amz-request-id"], headers["x-amzn-requestid"]].find((id) => typeof id === "string");

/** The error document of S3. Also a response with the status 200 can be one. */
export const isXmlError = (body: string): boolean => /^\s*(<\?xml[^>]*>\s*)?<Error[\s>]/.test(body);

const isXml = (body: string): boolean => body.trimStart().startsWith("<");

function xmlError(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(parseXml(body).Error);
  } catch {
    return {}; // A page of a proxy.
  }
}

const jsonError = (body: string): Readonly<Record<string, unknown>> => Object(parseJson(body));
