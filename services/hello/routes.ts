/** The operation behind a route. */
export type Operation = "greet" | "remember" | "forget" | "check-health" | "refuse-method" | "refuse-path";

export interface Route {
  /** As API Gateway writes it; `$default` is everything else. */
  readonly key: "$default" | `${"GET" | "HEAD" | "PUT" | "DELETE" | "ANY"} /${string}`;
  readonly operation: Operation;
}

/** Methods of `/hello/{username}`, as they are named to who tries another. */
export const METHODS = ["GET", "HEAD", "PUT", "DELETE"] as const;

/** The Hello API, as data: the `hello` stack makes API Gateway's routes from it and the function dispatches by it. */
export const routes = [
  { key: "GET /hello/{username}", operation: "greet" },
  { key: "HEAD /hello/{username}", operation: "greet" },
  { key: "PUT /hello/{username}", operation: "remember" },
  { key: "DELETE /hello/{username}", operation: "forget" },
  { key: "ANY /hello/{username}", operation: "refuse-method" },
  { key: "GET /health", operation: "check-health" },
  { key: "$default", operation: "refuse-path" },
] as const satisfies readonly Route[];
