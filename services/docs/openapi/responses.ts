import { statusTexts } from "../../../lib/http/status-texts.ts";
import type { Contract, ResponseContract } from "../../../lib/openapi/contract.ts";
import { type JsonSchema, jsonSchemaOf } from "./json-schema.ts";

const problem = { $ref: "#/components/schemas/Problem" };
const gatewayError = { schema: { $ref: "#/components/schemas/GatewayError" } };

/** Statuses with which API Gateway responds by itself. */
const ofGateway: ReadonlySet<number> = new Set([401, 413, 429, 500, 503]);

/** The schema of a problem document with one of the codes. */
const problemWith = (status: number, codes: readonly string[]): JsonSchema => ({
  allOf: [problem, { type: "object", properties: { status: { const: status }, code: { enum: [...codes].sort() } } }],
});

/** What a status returns: a result, a problem document, an error of API Gateway, or several of these. */
export function responseOf(
  status: number,
  { responses, errors }: Pick<Contract, "errors" | "responses">,
  hasBody: boolean,
): JsonSchema {
  const response = responses[status];
  const codes = errors[status];
  const description = response?.description ?? `${statusTexts[status]}: ${[...(codes ?? [])].sort().join(", ")}`;
  const content = {
    ...(response && contentOf(response, ofGateway.has(status))),
    ...(codes && codes.length > 0 && { "application/problem+json": { schema: problemWith(status, codes) } }),
    ...(ofGateway.has(status) && response === undefined && { "application/json": gatewayError }),
  };
  return {
    description,
    ...(response?.headers && { headers: headersOf(response.headers) }),
    ...(hasBody && Object.keys(content).length > 0 && { content }),
  };
}

function contentOf({ schema, orBytes, example }: ResponseContract, orGatewayError: boolean): JsonSchema {
  if (schema === undefined) return {};
  if (schema === "bytes") return { "*/*": {} };
  const own = jsonSchemaOf(schema);
  const json = {
    schema: orGatewayError ? { anyOf: [own, gatewayError.schema] } : own,
    ...(example !== undefined && { example }),
  };
  // A file can have the type of JSON as well.
  const jsonOrFile = { schema: { anyOf: [json.schema, {}] } };
  return orBytes ? { "application/json": jsonOrFile, "*/*": {} } : { "application/json": json };
}

const headersOf = (headers: Readonly<Record<string, string>>): JsonSchema =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: "string" } }]),
  );
