import { describe, expect, it } from "vitest";
import { DIGITS, having, useHttpTable } from "../../support/http-table.ts";

/** Methods: RFC 9110, sections 9, 10.2.1, 15.5.5 and 15.5.6. */
const { emptyPath, files, folder, key, missing, path, rows, upload } = useHttpTable();

const allow = (methods: string) => ({ status: 405, headers: { allow: methods } });

rows("methods", [
  [
    "RFC 9110 9.3.1: GET → 200 with the bytes",
    () => ({}),
    { status: 200, body: DIGITS, headers: { "content-length": "10", "content-type": "text/plain" } },
  ],
  ["RFC 9110 9.3.3: POST to a file → 405", () => ({ method: "POST" }), allow("DELETE, GET, HEAD")],
  ["RFC 9110 9.3.4: PUT to a file → 405", () => ({ method: "PUT", body: "x" }), allow("DELETE, GET, HEAD")],
  [
    "RFC 9110 9.3.4: PUT with Content-Range → 400",
    () => having({ "content-range": "bytes 0-0/10" }, { method: "PUT", path: upload, body: "x" }),
    { status: 400 },
  ],
  ["RFC 9110 9.3.5: DELETE of nothing → 204", () => ({ method: "DELETE", path: missing }), { status: 204, body: "" }],
  ["RFC 9110 9.3.7: OPTIONS → 405", () => ({ method: "OPTIONS" }), allow("DELETE, GET, HEAD")],
  ["RFC 9110 10.2.1: Allow of the list", () => ({ method: "DELETE", path: "/api/list" }), allow("GET, HEAD")],
  ["RFC 9110 10.2.1: Allow of the root", () => ({ method: "POST", path: "/" }), allow("GET, HEAD")],
  [
    "RFC 9110 10.2.1: Allow of a user",
    () => ({ method: "PUT", path: "/api/users/a" }),
    allow("DELETE, GET, HEAD, PATCH"),
  ],
  ["RFC 9110 15.5.5: an unknown path → 404", () => ({ path: "/api/nothing/here" }), { status: 404 }],
  [
    "RFC 9110 15.5.6: an unknown path, another method → 405",
    () => ({ method: "PATCH", path: "/x/y" }),
    allow("GET, HEAD"),
  ],
]);

describe("RFC 9110 9.3.2: HEAD has the headers of GET and no body", () => {
  it.each([
    path,
    `/${key}`,
    emptyPath,
    missing,
    "/",
    `/api/list?prefix=${folder}/`,
    "/api/list?limit=0",
    "/api/search?q=digits",
    "/api/me",
    "/api/users/unknown",
    `${path}?versions`,
    "/health",
  ])("%s", async (target) => {
    const [head, get] = [await files.request(target, { method: "HEAD" }), await files.request(target)];
    const body = await get.arrayBuffer();
    expect(await head.text()).toBe("");
    expect(head.status).toBe(get.status);
    const own = ["apigw-requestid", "connection", "date", "keep-alive", "x-request-id"];
    // The number of milliseconds in the body of /health varies.
    if (target === "/health") own.push("content-length");
    const headersOf = ({ headers }: Response) => [...headers].filter(([name]) => !own.includes(name));
    expect(headersOf(head)).toEqual(headersOf(get));
    if (target !== "/health") expect(head.headers.get("content-length")).toBe(String(body.byteLength));
  });
});
