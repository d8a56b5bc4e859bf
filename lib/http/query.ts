import * as v from "valibot";
import { HttpError } from "./http-error.ts";
import type { HttpRequest } from "./request.ts";

/**
 * The query parameters of a request. Of a repeated parameter, the first one counts. The error names the parameter and
 * what it must be, which is the message of the schema.
 *
 * @throws HttpError 400
 */
export function readQuery<Schema extends v.GenericSchema>(
  { query }: Pick<HttpRequest, "query">,
  schema: Schema,
): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, Object.fromEntries([...query].reverse()));
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const parameter = String(issue.path?.[0]?.key ?? "");
  throw query.has(parameter) ? invalidParameter(parameter, `must be ${issue.message}`) : invalidParameter(parameter);
}

export const invalidParameter = (parameter: string, problem = "is required"): HttpError =>
  new HttpError(400, "InvalidParameter", `The query parameter ${parameter} ${problem}.`, { extensions: { parameter } });
