/** The operation behind a route. */
export type Operation = "greet" | "show-build-info" | "reject-path";

export interface Route {
  readonly method: "GET" | "ANY";
  /** In the syntax of API Gateway; `{path+}` matches the rest of the path. */
  readonly path: `/${string}`;
  readonly authorization: "none";
  readonly operation: Operation;
}

/**
 * The API as data: the `releases` stack creates the routes of API Gateway from it, and the function dispatches by it.
 */
export const routes: readonly Route[] = [
  { method: "GET", path: "/", authorization: "none", operation: "greet" },
  { method: "GET", path: "/build-info", authorization: "none", operation: "show-build-info" },
  { method: "ANY", path: "/{path+}", authorization: "none", operation: "reject-path" },
];

/** API Gateway's key of a route, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;
