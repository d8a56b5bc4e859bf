import fc from "fast-check";
import type { DocumentedRoute } from "../../../lib/openapi/contract.ts";
import type { OpenApiDocument } from "../openapi/document.ts";
import { pathOf } from "../openapi/operation.ts";
import { mutated, strangeValues, valuesOf } from "./arbitraries.ts";

type Schema = Parameters<typeof valuesOf>[0];

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

interface MediaType {
  readonly schema?: Schema;
  readonly example?: unknown;
}

interface Operation {
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, MediaType>> };
}

export interface GeneratedRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/**
 * Requests of a route: valid ones, and such with strange values.
 *
 * @param known values that exist, by the name of a parameter or of a member of the body
 */
export function requestsOf(
  document: OpenApiDocument,
  route: DocumentedRoute,
  known: Readonly<Record<string, readonly string[]>> = {},
): fc.Arbitrary<GeneratedRequest> {
  const operation = document.paths[pathOf(route)]?.[route.method.toLowerCase()] as Operation | undefined;
  if (!operation) throw new Error(`${route.method} ${route.path} is not documented.`);
  const { parameters, requestBody } = operation;
  const textsIn = (place: Parameter["in"]) => {
    const chosen = parameters.filter((parameter) => parameter.in === place);
    const texts = chosen.map((parameter) => [parameter.name, textOf(parameter, known[parameter.name])] as const);
    // A strange request can lack a required parameter too, except for those in the path.
    return fc.record(Object.fromEntries(texts), {
      requiredKeys: place === "path" ? chosen.map(({ name }) => name) : [],
    });
  };
  const required = Object.fromEntries(
    parameters
      .filter((parameter) => parameter.in === "query" && parameter.required)
      .map((parameter) => [parameter.name, textOf(parameter, known[parameter.name])]),
  );
  return fc.record({
    path: textsIn("path"),
    query: fc
      .tuple(
        fc.oneof({ weight: 9, arbitrary: fc.record(required) }, { weight: 1, arbitrary: fc.constant({}) }),
        textsIn("query"),
      )
      .map(([needed, others]) => new URLSearchParams({ ...others, ...needed } as Record<string, string>).toString()),
    headers: textsIn("header").map(toHeaders),
    body: bodyOf(requestBody, known),
  }) as fc.Arbitrary<GeneratedRequest>;
}

function textOf({ schema, example }: Parameter, known: readonly string[] = []): fc.Arbitrary<string> {
  const proper = [...known, ...(example === undefined ? [] : [example])];
  const values = [
    { weight: 3, arbitrary: valuesOf(schema) },
    { weight: 1, arbitrary: strangeValues },
    ...(proper.length > 0 ? [{ weight: 4, arbitrary: fc.constantFrom<unknown>(...proper) }] : []),
  ];
  return fc.oneof(...values).map((value) => (typeof value === "string" ? value : String(value)));
}

/** Header values are printable ASCII here, which is what API Gateway passes to a function. */
const toHeaders = (headers: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value).replace(/[^\x20-\x7e]/g, "?")]),
  );

function bodyOf(
  body: Operation["requestBody"],
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<string | undefined> {
  const media = body?.content["application/json"];
  if (!media?.schema) return fc.option(fc.string({ unit: "binary" }), { nil: undefined });
  const valid = withKnown(valuesOf(media.schema), known);
  const proper = media.example === undefined ? valid : fc.oneof(fc.constant(media.example), valid);
  return fc.oneof(
    { weight: 4, arbitrary: proper.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: mutated(proper).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.string() },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "", "null", "[]", "{", "{}") },
  );
}

/** Sometimes with values that exist in place of generated ones. */
const withKnown = (
  values: fc.Arbitrary<unknown>,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<unknown> =>
  fc.tuple(values, fc.boolean(), fc.nat()).map(([value, isKnown, position]) => {
    if (!isKnown || typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const names = Object.keys(value).filter((name) => Object.hasOwn(known, name));
    const replaced = names.map((name) => [name, known[name]?.[position % (known[name]?.length ?? 1)]]);
    return { ...value, ...Object.fromEntries(replaced) };
  });
