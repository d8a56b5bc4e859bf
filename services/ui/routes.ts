export interface Route {
  readonly method: "GET";
  /** In the syntax of API Gateway; `{path+}` matches the rest of the path. */
  readonly path: `/${string}`;
  /** The page contains no data: it signs in to the API like any other client. */
  readonly authorization: "none";
}

/**
 * The routes of the page, from which the `frontend` stack creates those of API Gateway. This file has no imports,
 * because stacks import it.
 */
export const routes: readonly Route[] = [
  { method: "GET", path: "/ui", authorization: "none" },
  { method: "GET", path: "/ui/{path+}", authorization: "none" },
];
