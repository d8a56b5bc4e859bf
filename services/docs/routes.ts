/** The operation behind a documented route. */
export type Operation = "get-document";

interface PublicRoute {
  readonly method: "GET" | "HEAD";
  /** In the syntax of API Gateway. */
  readonly path: `/${string}`;
  readonly authorization: "none";
}

interface DocumentedRoute extends PublicRoute {
  /** This file has no imports, because stacks import it. */
  readonly access: "public";
  readonly operation: Operation;
}

/** Whatever has `GET` has `HEAD` (RFC 9110, section 9.1), which would otherwise be that of a file. */
const METHODS = ["GET", "HEAD"] as const;

/** The OpenAPI document of the Files API, which also describes this route. */
export const documentRoutes: readonly DocumentedRoute[] = METHODS.map((method) => ({
  method,
  path: "/api/openapi.json",
  authorization: "none",
  access: "public",
  operation: "get-document",
}));

/**
 * The page that shows the description. Its assets are below `/api/`, because a route `/docs/{path+}` would hide the
 * files of a folder with this name.
 */
const pageRoutes: readonly PublicRoute[] = METHODS.flatMap((method) => [
  { method, path: "/docs", authorization: "none" },
  { method, path: "/api/docs/{asset}", authorization: "none" },
]);

/** The `frontend` stack creates the routes of API Gateway from these. */
export const routes: readonly PublicRoute[] = [...documentRoutes, ...pageRoutes];
