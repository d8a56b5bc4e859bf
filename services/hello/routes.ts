/** The operation behind a route. */
export type Operation = "greet" | "save-person" | "delete-person" | "check-health" | "reject-method" | "reject-path";

export interface Route {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE" | "ANY";
  /** In the syntax of API Gateway; `{path+}` matches the rest of the path. */
  readonly path: `/${string}`;
  /** The API is public by specification. */
  readonly authorization: "none";
  readonly operation: Operation;
}

/** Methods of `/hello/{username}`, which the response to any other method lists. */
export const METHODS = ["GET", "HEAD", "PUT", "DELETE"] as const;

/**
 * The Hello API as data: the `hello` stack creates the routes of API Gateway from it, and the function dispatches by
 * it.
 */
export const routes: readonly Route[] = [
  route("GET", "/hello/{username}", "greet"),
  route("HEAD", "/hello/{username}", "greet"),
  route("PUT", "/hello/{username}", "save-person"),
  route("DELETE", "/hello/{username}", "delete-person"),
  route("ANY", "/hello/{username}", "reject-method"),
  route("GET", "/health", "check-health"),
  route("ANY", "/", "reject-path"),
  route("ANY", "/{path+}", "reject-path"),
];

/** API Gateway's key of a route, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;

function route(method: Route["method"], path: Route["path"], operation: Operation): Route {
  return { method, path, authorization: "none", operation };
}
