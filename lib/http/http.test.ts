import { describe, expect, it } from "vitest";
import { HttpProblem, problemResponse } from "./problem.ts";
import { type ApiEvent, readRequest } from "./request.ts";
import { binaryResponse, fitsBinaryResponse, MAX_RESPONSE_BYTES, responseBytes } from "./response.ts";

const event = (over: Partial<ApiEvent> = {}): ApiEvent =>
  ({
    version: "2.0",
    routeKey: "GET /",
    rawPath: "/",
    rawQueryString: "",
    headers: {},
    isBase64Encoded: false,
    requestContext: { requestId: "r-1", http: { method: "GET" } },
    ...over,
  }) as ApiEvent;

describe("readRequest", () => {
  it("decodes a base64 body and takes a text body as it is", () => {
    expect([...readRequest(event({ body: "AP8=", isBase64Encoded: true })).body]).toEqual([0, 255]);
    expect(Buffer.from(readRequest(event({ body: "AP8=é" })).body).toString()).toBe("AP8=é");
    expect(readRequest(event()).body).toHaveLength(0);
  });

  it("leaves the stage out of the path, and nothing else that looks like it", () => {
    const pathOn = (stage: string, rawPath: string) =>
      readRequest(
        event({ rawPath, requestContext: { requestId: "r", stage, http: { method: "GET" } } } as Partial<ApiEvent>),
      ).path;
    expect(pathOn("live", "/live/hello/a")).toBe("/hello/a");
    expect(pathOn("$default", "/live/hello/a")).toBe("/live/hello/a");
    expect(pathOn("live", "/lively/a")).toBe("/lively/a");
  });

  it("keeps a comma inside a query parameter", () => {
    expect(readRequest(event({ rawQueryString: "prefix=a%2Cb&prefix=c" })).query.getAll("prefix")).toEqual([
      "a,b",
      "c",
    ]);
  });

  it("has a principal only when the authorizer named user and role", () => {
    const requestContext = { requestId: "r", http: { method: "GET" }, authorizer: { lambda: { user: "u" } } };
    expect(readRequest(event({ requestContext } as Partial<ApiEvent>)).principal).toBeUndefined();
  });
});

it("renders a problem whose own members cannot be replaced by extensions", () => {
  const problem = new HttpProblem(409, "AmbiguousName", "Two.", { extensions: { keys: ["a"], status: 1 } });
  const response = problemResponse(problem, "/x", "r-1");
  expect(response.headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(response.body ?? "")).toEqual({
    status: 409,
    title: "Conflict",
    code: "AmbiguousName",
    detail: "Two.",
    instance: "/x",
    requestId: "r-1",
    keys: ["a"],
  });
});

it("knows to the byte what still fits a response", () => {
  const headers = { etag: '"quoted"' };
  let size = (MAX_RESPONSE_BYTES / 4) * 3;
  while (!fitsBinaryResponse(200, size, headers)) size -= 1_000;
  while (fitsBinaryResponse(200, size + 1, headers)) size += 1;
  expect(responseBytes(binaryResponse(200, new Uint8Array(size), headers))).toBeLessThanOrEqual(MAX_RESPONSE_BYTES);
  expect(responseBytes(binaryResponse(200, new Uint8Array(size + 1), headers))).toBeGreaterThan(MAX_RESPONSE_BYTES);
});
