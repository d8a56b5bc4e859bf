import { describe, expect, it } from "vitest";
import { HttpError, problemResponse, toHttpError } from "./http-error.ts";
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
  it("decodes a base64 body and leaves a text body as it is", () => {
    expect([...readRequest(event({ body: "AP8=", isBase64Encoded: true })).body]).toEqual([0, 255]);
    expect(Buffer.from(readRequest(event({ body: "AP8=é" })).body).toString()).toBe("AP8=é");
    expect(readRequest(event()).body).toHaveLength(0);
  });

  it("removes the stage, and only the stage, from the path", () => {
    const pathWithStage = (stage: string, rawPath: string) =>
      readRequest(
        event({ rawPath, requestContext: { requestId: "r", stage, http: { method: "GET" } } } as Partial<ApiEvent>),
      ).path;
    expect(pathWithStage("live", "/live/hello/a")).toBe("/hello/a");
    expect(pathWithStage("$default", "/live/hello/a")).toBe("/live/hello/a");
    expect(pathWithStage("live", "/lively/a")).toBe("/lively/a");
  });

  it.each([
    ["a custom domain", "nv-demo.nv.lfc.sh", "$default", {}, "https://nv-demo.nv.lfc.sh"],
    [
      "the default address",
      "a1.execute-api.us-east-1.amazonaws.com",
      "$default",
      { "X-Forwarded-Proto": "https" },
      "https://a1.execute-api.us-east-1.amazonaws.com",
    ],
    [
      "a stage",
      "a1.execute-api.us-east-1.amazonaws.com",
      "live",
      {},
      "https://a1.execute-api.us-east-1.amazonaws.com/live",
    ],
    [
      "a local port",
      "127.0.0.1",
      "$default",
      { Host: "127.0.0.1:3000", "X-Forwarded-Proto": "http" },
      "http://127.0.0.1:3000",
    ],
    [
      "a default port",
      "localhost",
      "$default",
      { Host: "localhost:80", "X-Forwarded-Proto": "http" },
      "http://localhost",
    ],
    [
      "the port of a tunnel",
      "localhost",
      "$default",
      { Host: "localhost:9000", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "3000" },
      "http://localhost:9000",
    ],
    ["another name in Host", "nv-demo.nv.lfc.sh", "$default", { Host: "evil.example:x" }, "https://nv-demo.nv.lfc.sh"],
    [
      "another scheme",
      "nv-demo.nv.lfc.sh",
      "$default",
      { "X-Forwarded-Proto": "javascript" },
      "https://nv-demo.nv.lfc.sh",
    ],
  ])("knows the URL of the API behind %s", (_, domainName, stage, headers, url) => {
    const http = { method: "GET" };
    const rawPath = stage === "$default" ? "/api/list" : `/${stage}/api/list`;
    const requestContext = { requestId: "r", stage, domainName, http };
    const request = readRequest(event({ rawPath, headers, requestContext } as unknown as Partial<ApiEvent>));
    expect([request.baseUrl, request.path]).toEqual([url, "/api/list"]);
  });

  it("keeps a comma inside a query parameter", () => {
    expect(readRequest(event({ rawQueryString: "prefix=a%2Cb&prefix=c" })).query.getAll("prefix")).toEqual([
      "a,b",
      "c",
    ]);
  });

  it("has the context of the authorizer, which a route without one lacks", () => {
    const contextOf = (authorizer: unknown) =>
      readRequest(
        event({ requestContext: { requestId: "r", http: { method: "GET" }, authorizer } } as Partial<ApiEvent>),
      ).authorizerContext;
    expect(contextOf({ lambda: { outcome: "rejected" } })).toEqual({ outcome: "rejected" });
    expect(contextOf(undefined)).toBeUndefined();
  });
});

it("renders problem details whose standard members extensions do not replace", () => {
  const error = new HttpError(409, "AmbiguousName", "Two.", { extensions: { keys: ["a"], status: 1 } });
  const response = problemResponse(error, { instance: "/x", requestId: "r-1", traceId: "1-2-3" });
  expect(response.headers["content-type"]).toBe("application/problem+json");
  expect(JSON.parse(response.body ?? "")).toEqual({
    status: 409,
    title: "Conflict",
    code: "AmbiguousName",
    detail: "Two.",
    instance: "/x",
    requestId: "r-1",
    traceId: "1-2-3",
    keys: ["a"],
  });
});

describe("toHttpError", () => {
  it("returns an HttpError as it is and translates the service's own errors", () => {
    const own = new HttpError(404, "FileNotFound", "There is no such file.");
    expect(toHttpError(own, () => new HttpError(500, "Other", "Other."))).toBe(own);
    const translated = new HttpError(503, "Unavailable", "Try again.");
    expect(toHttpError(new Error("down"), () => translated)).toBe(translated);
  });

  it("hides every other error behind a 500", () => {
    const cause = new TypeError("secret");
    expect(toHttpError(cause)).toMatchObject({ status: 500, code: "InternalError", cause });
    expect(toHttpError(cause, () => undefined).message).not.toContain("secret");
  });
});

it("computes to the byte whether a body fits a response", () => {
  const headers = { etag: '"quoted"' };
  let size = (MAX_RESPONSE_BYTES / 4) * 3;
  while (!fitsBinaryResponse(200, size, headers)) size -= 1_000;
  while (fitsBinaryResponse(200, size + 1, headers)) size += 1;
  expect(responseBytes(binaryResponse(200, new Uint8Array(size), headers))).toBeLessThanOrEqual(MAX_RESPONSE_BYTES);
  expect(responseBytes(binaryResponse(200, new Uint8Array(size + 1), headers))).toBeGreaterThan(MAX_RESPONSE_BYTES);
});
