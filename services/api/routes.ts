/** Roles of callers. Each includes the permissions of the ones before it. */
export const roles = ["reader", "writer", "admin"] as const;
export type Role = (typeof roles)[number];

/** The operation behind a route; `services/api/operations/` has one file for each. */
export type Operation =
  | "list-files"
  | "download-file"
  | "upload-file"
  | "delete-file"
  | "presign-upload"
  | "presign-download"
  | "check-health";

export interface Route {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  /** In the syntax of API Gateway; `{key+}` matches the rest of the path. */
  readonly path: `/${string}`;
  readonly authorization: "user" | "none";
  /** The lowest role that may call the route; ignored without authorization. */
  readonly role: Role;
  readonly operation: Operation;
}

/**
 * The Files API as data: the `frontend` stack creates the routes of API Gateway from it, and the function dispatches by
 * it. Of two routes that match, API Gateway selects the more specific one, so a file with the name of a route is not
 * available at `/{key+}` but at `/api/files/{key+}`.
 */
export const routes = [
  { method: "GET", path: "/", authorization: "user", role: "reader", operation: "list-files" },
  { method: "GET", path: "/api/list", authorization: "user", role: "reader", operation: "list-files" },
  { method: "GET", path: "/{key+}", authorization: "user", role: "reader", operation: "download-file" },
  { method: "HEAD", path: "/{key+}", authorization: "user", role: "reader", operation: "download-file" },
  { method: "GET", path: "/api/files/{key+}", authorization: "user", role: "reader", operation: "download-file" },
  { method: "HEAD", path: "/api/files/{key+}", authorization: "user", role: "reader", operation: "download-file" },
  { method: "DELETE", path: "/api/files/{key+}", authorization: "user", role: "writer", operation: "delete-file" },
  { method: "PUT", path: "/api/upload/{key+}", authorization: "user", role: "writer", operation: "upload-file" },
  {
    method: "GET",
    path: "/api/upload_presigned/{key+}",
    authorization: "user",
    role: "writer",
    operation: "presign-upload",
  },
  {
    method: "GET",
    path: "/api/download_presigned/{key+}",
    authorization: "user",
    role: "reader",
    operation: "presign-download",
  },
  { method: "GET", path: "/health", authorization: "none", role: "reader", operation: "check-health" },
] as const satisfies readonly Route[];

/** API Gateway's key of a route, such as `GET /api/list`, which every event contains as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;
