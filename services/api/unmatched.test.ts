import { describe, expect, it } from "vitest";
import { routeKey, routes } from "../users/routes.ts";
import { unmatched, userRouteKeys } from "./unmatched.ts";

it("knows the routes of the service users", () => {
  const all = userRouteKeys.flatMap((key) => (key.startsWith("GET ") ? [key, key.replace("GET", "HEAD")] : [key]));
  expect(all.toSorted()).toEqual(routes.map(routeKey).toSorted());
});

describe("the methods of a path", () => {
  it.each([
    ["/", "GET, HEAD"],
    ["/a/b", "GET, HEAD"],
    ["/api/files/a%0Ab", "DELETE, GET, HEAD"],
    ["/api/upload/a", "GET, HEAD, PUT"],
    ["/api/session", "DELETE, GET, HEAD, POST"],
    ["/api/users/ann", "DELETE, GET, HEAD, PATCH"],
    ["/s3/multipart/u/complete", "GET, HEAD, POST"],
    ["//", "GET, HEAD"],
  ])("are those of its routes, and of the file that can have it: %s", (path, allow) => {
    expect(unmatched({ method: "OPTIONS", path })).toMatchObject({ status: 405, headers: { allow } });
  });
});
