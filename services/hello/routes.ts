/** The operation behind a route. */
export type Operation = "greet" | "remember" | "forget" | "check-health" | "refuse-method" | "refuse-path";

export interface Route {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE" | "ANY";
  /** As API Gateway writes it; `{path+}` takes the rest. */
  readonly path: `/${string}`;
  /** The contract asks nobody to sign in. */
  readonly authorization: "none";
  readonly operation: Operation;
}

/** Methods of `/hello/{username}`, as they are named to who tries another. */
export const METHODS = ["GET", "HEAD", "PUT", "DELETE"] as const;

/** The Hello API, as data: the `hello` stack makes API Gateway's routes from it and the function dispatches by it. */
export const routes: readonly Route[] = [
  route("GET", "/hello/{username}", "greet"),
  route("HEAD", "/hello/{username}", "greet"),
  route("PUT", "/hello/{username}", "remember"),
  route("DELETE", "/hello/{username}", "forget"),
  route("ANY", "/hello/{username}", "refuse-method"),
  route("GET", "/health", "check-health"),
  route("ANY", "/", "refuse-path"),
  route("ANY", "/{path+}", "refuse-path"),
];

/** The name API Gateway gives a route; it arrives in every event as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;

function route(method: Route["method"], path: Route["path"], operation: Operation): Route {
  return { method, path, authorization: "none", operation };
}
