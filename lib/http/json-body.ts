import * as v from "valibot";
import { parseJson } from "../json/parse-json.ts";
import { HttpError } from "./http-error.ts";
import type { HttpRequest } from "./request.ts";

/**
 * The body of a request as JSON. The error names the invalid member and never quotes its value, which may be secret.
 *
 * @throws HttpError 400
 */
export function readJsonBody<Schema extends v.GenericSchema>(
  { body }: HttpRequest,
  schema: Schema,
): v.InferOutput<Schema> {
  const value = parseJson(Buffer.from(body).toString());
  if (value === undefined) throw new HttpError(400, "InvalidBody", "The body is not valid JSON.");
  if (Array.isArray(value)) throw new HttpError(400, "InvalidBody", "The body must be an object.");
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const member = v.getDotPath(issue);
  const extensions = member === null ? {} : { member };
  throw new HttpError(400, "InvalidBody", describe(issue, member), { extensions });
}

function describe({ expected, received }: v.BaseIssue<unknown>, member: string | null): string {
  if (member === null) return `The body must be ${expected === "Object" ? "an object" : "valid"}.`;
  if (expected === "never") return `There is no member ${member}.`;
  return received === "undefined"
    ? `The member ${member} is missing.`
    : `The member ${member} must be ${expected ?? "valid"}.`;
}
