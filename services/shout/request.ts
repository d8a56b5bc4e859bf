import type { ALBEvent } from "aws-lambda";
import * as v from "valibot";
import { HttpProblem } from "../../lib/http/problem.ts";

const schema = v.object({ data: v.string() });

/** The trace that the load balancer began, by which its log and ours are brought together; empty for its health checks. */
export function traceOf({ headers }: ALBEvent): string {
  const fields = (headers?.["x-amzn-trace-id"] ?? "").split(";");
  return fields.find((field) => field.startsWith("Root="))?.slice("Root=".length) ?? "";
}

/**
 * The text to shout, out of `{"data": "…"}`. Content types are not looked at: whatever the client calls it, it must be this.
 *
 * @throws HttpProblem 400 that says what is wrong with the body.
 */
export function dataOf(event: ALBEvent): string {
  const result = v.safeParse(schema, jsonOf(event));
  if (!result.success) throw new HttpProblem(400, "InvalidData", 'The body must be {"data": "…"}, with a text in it.');
  const { data } = result.output;
  if (!data.isWellFormed()) throw new HttpProblem(400, "InvalidText", "The text has half a character in it.");
  return data;
}

function jsonOf({ body, isBase64Encoded }: ALBEvent): unknown {
  let text: string;
  try {
    const bytes = Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem(400, "InvalidText", "The body is not UTF-8.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpProblem(400, "InvalidJson", "The body is not JSON.");
  }
}
