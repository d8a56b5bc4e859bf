import type { ALBEvent } from "aws-lambda";
import * as v from "valibot";
import { HttpError } from "../../lib/http/http-error.ts";

const schema = v.object({ data: v.string() });

/** The trace ID of the load balancer, which also appears in its access log; empty for its health checks. */
export function readTraceId({ headers }: ALBEvent): string {
  const fields = (headers?.["x-amzn-trace-id"] ?? "").split(";");
  return fields.find((field) => field.startsWith("Root="))?.slice("Root=".length) ?? "";
}

/**
 * The text to shout, from the body `{"data": "…"}`. The content type is ignored.
 *
 * @throws HttpError 400 with the reason when the body is invalid
 */
export function readText(event: ALBEvent): string {
  const result = v.safeParse(schema, parseBody(event));
  if (!result.success) throw new HttpError(400, "InvalidData", 'The body must be {"data": "…"}, with a text in it.');
  const { data } = result.output;
  if (!data.isWellFormed()) throw new HttpError(400, "InvalidText", "The text contains a lone surrogate.");
  return data;
}

function parseBody({ body, isBase64Encoded }: ALBEvent): unknown {
  let text: string;
  try {
    const bytes = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpError(400, "InvalidText", "The body is not UTF-8.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, "InvalidJson", "The body is not JSON.");
  }
}
