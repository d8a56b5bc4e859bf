/** The operation behind a route. */
export type Operation = "greet" | "tell-build" | "refuse-path";

export interface Route {
  readonly method: "GET" | "ANY";
  /** As API Gateway writes it; `{path+}` takes the rest. */
  readonly path: `/${string}`;
  readonly authorization: "none";
  readonly operation: Operation;
}

/** The API, as data: the `releases` stack makes API Gateway's routes from it and the function dispatches by it. */
export const routes: readonly Route[] = [
  { method: "GET", path: "/", authorization: "none", operation: "greet" },
  { method: "GET", path: "/build-info", authorization: "none", operation: "tell-build" },
  { method: "ANY", path: "/{path+}", authorization: "none", operation: "refuse-path" },
];

/** The name API Gateway gives a route; it arrives in every event as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;
