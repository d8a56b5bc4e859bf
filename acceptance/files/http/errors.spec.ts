import { describe, expect, it } from "vitest";
import { type Sent, useHttpTable, verifyProblem, WRONG } from "../../support/http-table.ts";
import { target } from "../../support/target.ts";

/** RFC 9457 (Problem Details), and RFC 9110, section 15.5. */
const { files, folder, missing, path } = useHttpTable();
const { apiUrl } = target;

describe("errors", () => {
  const anonymous = (target: string, init: RequestInit = {}) => fetch(apiUrl + target, init);

  it.each([
    ["RFC 9457 3: 400", { path: "/api/list?limit=0" }, 400, "Bad Request"],
    ["RFC 9457 3: 404", { path: missing }, 404, "Not Found"],
    ["RFC 9457 3: 405", { method: "POST" }, 405, "Method Not Allowed"],
    ["RFC 9457 3: 412", { headers: { "if-match": WRONG } }, 412, "Precondition Failed"],
    ["RFC 9457 3: 416", { headers: { range: "bytes=10-" } }, 416, "Range Not Satisfiable"],
  ] as const)("%s has the phrase of its status as title", async (_, sent: Sent, status, title) => {
    const { path: target = path, ...init } = sent;
    const response = await files.request(target, init);
    expect(await response.json()).toMatchObject({ status, title, instance: target.split("?")[0] });
    expect(response.status).toBe(status);
  });

  it("RFC 9110 15.5.2: wrong credentials → 401 with WWW-Authenticate, as problem details", async () => {
    const response = await anonymous(path, { headers: { authorization: "Bearer wrong" } });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("Basic"),
    ]);
    verifyProblem(response, await response.text());
  });

  it.each([
    ["POST", "/"],
    ["PUT", path],
    ["OPTIONS", "/api/me"],
    ["PATCH", missing],
  ])("RFC 9110 15.5.6: %s %s without a sign-in → 405 as problem details", async (method, target) => {
    const response = await anonymous(target, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toContain("GET, HEAD");
    verifyProblem(response, await response.text());
  });

  it("RFC 9110 15.5.6: says nothing about which files there are", async () => {
    const responses = await Promise.all([path, missing].map((target) => anonymous(target, { method: "POST" })));
    const [there, nowhere] = await Promise.all(
      responses.map(async (response) => ({
        ...((await response.json()) as object),
        instance: "",
        requestId: "",
        traceId: "",
      })),
    );
    expect(there).toEqual(nowhere);
  });
});

describe("unknown paths", () => {
  it.each(["/api/nothing", "/api", `/${folder}-not-there`])("return 404: %s", async (path) => {
    const response = await files.request(path);
    expect(response.status).toBe(404);
  });
});
