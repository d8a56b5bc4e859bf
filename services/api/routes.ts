/** What a caller may do, each including the ones before it. */
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
  /** As API Gateway writes it; `{key+}` takes the rest of the path. */
  readonly path: `/${string}`;
  readonly authorization: "user" | "none";
  /** The least role that may call it; meaningless without authorization. */
  readonly role: Role;
  readonly operation: Operation;
}

/**
 * The Files API, as data: the `frontend` stack makes API Gateway's routes from it and the function dispatches by it.
 * Of two routes that match, API Gateway takes the more specific, so a file named like a route is shadowed on `/{key+}`
 * and reached by `/api/files/{key+}`.
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

/** The name API Gateway gives a route, `GET /api/list`; it arrives in every event as `routeKey`. */
export const routeKey = ({ method, path }: Pick<Route, "method" | "path">): string => `${method} ${path}`;
