import type { Route } from "./route.ts";

export interface RouteMatch {
  readonly route: Route;
  /** Decoded. Undefined if the route has none. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

interface Entry {
  readonly route: Route;
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** One digit per segment of the path, lower if more specific: literal, variable, greedy variable. */
  readonly rank: string;
}

/**
 * Finds the most specific route: a literal segment precedes a variable, a variable precedes a greedy one, and a method
 * precedes `ANY`; `$default` is last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-develop-routes.evaluation
 */
export class RouteTable {
  readonly #entries: readonly Entry[];
  readonly #default: Route | undefined;

  constructor(routes: readonly Route[]) {
    this.#default = routes.find(({ routeKey }) => routeKey === "$default");
    this.#entries = routes
      .filter(({ routeKey }) => routeKey !== "$default")
      .map(entryOf)
      .sort((a, b) => compare(a.rank, b.rank) || compare(a.method === "ANY" ? 1 : 0, b.method === "ANY" ? 1 : 0));
  }

  /**
   * @param path not decoded, without stage and query.
   * @throws URIError if the path has invalid escape sequences.
   */
  match(method: string, path: string): RouteMatch | undefined {
    for (const { route, method: routeMethod, pattern, names } of this.#entries) {
      if (routeMethod !== "ANY" && routeMethod !== method) continue;
      const values = pattern.exec(path);
      if (!values) continue;
      const parameters = names.map((name, index) => [name, decodeURIComponent(values[index + 1] ?? "")] as const);
      return { route, pathParameters: names.length > 0 ? Object.fromEntries(parameters) : undefined };
    }
    return this.#default && { route: this.#default, pathParameters: undefined };
  }
}

function entryOf(route: Route): Entry {
  const [method = "", path = ""] = route.routeKey.split(" ");
  const names: string[] = [];
  let rank = "";
  const parts = path.split("/").map((segment) => {
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
    rank += name === undefined ? "0" : greedy ? "2" : "1";
    if (name === undefined) return segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    names.push(name);
    return greedy ? "(.+)" : "([^/]+)";
  });
  return { route, method, names, rank, pattern: new RegExp(`^${parts.join("/")}$`, "s") };
}

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
