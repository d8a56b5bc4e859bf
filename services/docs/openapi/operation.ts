import {
  type BodyContract,
  type Contract,
  type DocumentedRoute,
  mergeErrors,
  type ParameterContracts,
} from "../../../lib/openapi/contract.ts";
import { describeAccess } from "./access.ts";
import { type JsonSchema, jsonSchemaOf, parameterSchemaOf } from "./json-schema.ts";
import { responseOf } from "./responses.ts";

/** A route of the API without the mark of a parameter that matches several segments. */
export const pathOf = ({ path }: DocumentedRoute): string => path.replace("+}", "}");

const everyRoute: Contract["errors"] = { 500: ["InternalError"], 503: [] };
const guardedRoute: Contract["errors"] = {
  401: ["InvalidCredentials", "Unauthenticated"],
  403: ["Forbidden"],
  429: ["TooManyFailedSignIns"],
};
/** API Gateway limits the rate of the requests to public routes too. */
const publicRoute: Contract["errors"] = { 429: [] };
/** API Gateway rejects a body that does not fit the event of a function. */
const withBody: Contract["errors"] = { 413: [] };

export function operationOf(route: DocumentedRoute, contract: Contract): JsonSchema {
  const { summary, description, tag, body, responses } = contract;
  const isPublic = route.access === "public";
  const errors = mergeErrors(
    contract.errors,
    everyRoute,
    isPublic ? publicRoute : guardedRoute,
    body === undefined ? {} : withBody,
  );
  const access = describeAccess(route.access);
  const statuses = [...new Set([...Object.keys(responses), ...Object.keys(errors)].map(Number))];
  return {
    operationId: operationIdOf(route, contract),
    summary,
    description: [description, access].filter((text) => text !== undefined).join(" "),
    tags: [tag],
    security: isPublic ? [] : [{ basic: [] }, { bearer: [] }],
    parameters: [
      ...parametersIn("path", route, inPath(route, contract.path)),
      ...parametersIn("query", route, contract.query),
      ...parametersIn("header", route, contract.headers),
    ],
    ...(body && { requestBody: requestBodyOf(body) }),
    responses: Object.fromEntries(
      statuses.map((status) => [status, responseOf(status, { responses, errors }, route.method !== "HEAD")]),
    ),
  };
}

/** An operation has the ID of its name, and with HEAD the ID of GET with a suffix, unless the contract names one. */
function operationIdOf({ method, path, operation }: DocumentedRoute, { operationIds = {} }: Contract): string {
  const idOf = (key: string): string =>
    operationIds[key] ?? operation.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const id = operationIds[`${method} ${path}`];
  if (id !== undefined) return id;
  return method === "HEAD" ? `${idOf(`GET ${path}`)}Head` : idOf(`${method} ${path}`);
}

/** An operation with several routes can have parameters that are only in the path of some. */
const inPath = ({ path }: DocumentedRoute, parameters: ParameterContracts = {}): ParameterContracts =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => new RegExp(`\\{${name}\\+?\\}`).test(path)));

const parametersIn = (
  place: "path" | "query" | "header",
  { path }: DocumentedRoute,
  parameters: ParameterContracts = {},
): readonly JsonSchema[] =>
  Object.entries(parameters).map(([name, { description, schema, required, example }]) => {
    const converted = parameterSchemaOf(schema);
    return {
      name,
      in: place,
      description,
      ...((place === "path" || required) && { required: true }),
      ...(converted.type === "array" && { style: "form", explode: false }),
      ...(path.includes(`{${name}+}`) && { "x-several-segments": true }),
      schema: converted,
      ...(example !== undefined && { example }),
    };
  });

function requestBodyOf({ description, schema, optional, example }: BodyContract): JsonSchema {
  const required = optional === undefined;
  if (schema === "bytes") return { description, required, content: { "*/*": {} } };
  const json = { schema: jsonSchemaOf(schema), ...(example !== undefined && { example }) };
  return { description, required, content: { "application/json": json } };
}
