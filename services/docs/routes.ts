/** The operation behind a route. */
export type Operation = "get-document";

export interface Route {
  readonly method: "GET";
  /** In the syntax of API Gateway. */
  readonly path: `/${string}`;
  readonly authorization: "none";
  /** This file has no imports, because stacks import it. */
  readonly access: "public";
  readonly operation: Operation;
}

/** The description of the Files API: the `frontend` stack creates the routes of API Gateway from it. */
export const routes: readonly Route[] = [
  { method: "GET", path: "/api/openapi.json", authorization: "none", access: "public", operation: "get-document" },
];

/** API Gateway's key of a route, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;
