import type { HttpRequest } from "../http/request.ts";
import { parseJson } from "../json/parse-json.ts";

/**
 * Where a request has a key: in the first of these query parameters, or members of the JSON body, that is not empty. A
 * dot separates the names of nested members, as in `metadata.name`.
 */
export type KeyPlace = { readonly query: readonly string[] } | { readonly body: readonly string[] };

/** The key of a request, which is not validated; undefined when the request has none. */
export function findKey({ query, body }: Pick<HttpRequest, "query" | "body">, place: KeyPlace): string | undefined {
  if ("query" in place) return firstText(place.query.map((name) => query.get(name)));
  const document = parseJson(Buffer.from(body).toString());
  return firstText(place.body.map((path) => memberOf(document, path)));
}

const firstText = (values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === "string" && value !== "");

function memberOf(document: unknown, path: string): unknown {
  let value = document;
  for (const name of path.split(".")) {
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
  }
  return value;
}
