export interface Route {
  readonly method: "GET" | "HEAD";
  /** In the syntax of API Gateway; `{path+}` matches the rest of the path. */
  readonly path: `/${string}`;
  /** The page contains no data: it signs in to the API like any other client. */
  readonly authorization: "none";
}

/**
 * The routes of the page, from which the `frontend` stack creates those of API Gateway. Whatever has `GET` has `HEAD`
 * (RFC 9110, section 9.1), which would otherwise be that of a file. This file has no imports, because stacks import it.
 */
export const routes: readonly Route[] = (["GET", "HEAD"] as const).flatMap((method) => [
  { method, path: "/ui", authorization: "none" },
  { method, path: "/ui/{path+}", authorization: "none" },
]);
