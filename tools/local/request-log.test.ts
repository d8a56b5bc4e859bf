import type { ServedRequest } from "@nv-demo/local-aws";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeTerminal } from "../command-line/terminal/testing/fake-terminal.ts";
import { RequestLog } from "./request-log.ts";

const receivedAt = new Date(2026, 10, 27, 14, 5, 9).getTime();
const request: ServedRequest = {
  entrance: "api-gateway",
  name: "z8wc38dvf3",
  dimensions: { ApiId: "z8wc38dvf3", Stage: "$default" },
  method: "GET",
  path: "/api/list?limit=10",
  status: 200,
  receivedAt,
  duration: 45.4,
  servedBy: "nv-demo-api",
  cloudFrontId: undefined,
};
const LINE = "14:05:09  200       45 ms  GET    /api/list?limit=10  nv-demo-api\n";

let terminal: FakeTerminal;
let log: RequestLog;

beforeEach(() => {
  terminal = new FakeTerminal(undefined);
  log = new RequestLog(terminal.open(), { isEnabled: true });
  log.release();
});

describe("a request", () => {
  it("is one line with method, path, status, duration and what served it", () => {
    log.onRequest(request);
    expect(terminal.text).toBe(LINE);
  });

  it("shows the entrance that answered by itself, and that a client closed the connection", () => {
    log.onRequest({ ...request, status: 404, servedBy: undefined });
    log.onRequest({ ...request, entrance: "load-balancer", name: "sum", status: undefined, servedBy: undefined });
    expect(terminal.lines()).toEqual([
      "14:05:09  404       45 ms  GET    /api/list?limit=10  API Gateway z8wc38dvf3",
      "14:05:09  closed    45 ms  GET    /api/list?limit=10  load balancer sum",
    ]);
  });

  it.each([["origin first"], ["CloudFront first"]])("through CloudFront is one line: %s", (order) => {
    const origin = { ...request, cloudFrontId: "id" };
    const edge = { ...request, entrance: "cloudfront", name: "E1", servedBy: "hello", cloudFrontId: "id" } as const;
    for (const half of order === "origin first" ? [origin, edge] : [edge, origin]) log.onRequest(half);
    const servedBy = order === "origin first" ? "CloudFront > nv-demo-api" : "CloudFront > hello";
    expect(terminal.text).toBe(LINE.replace("nv-demo-api", servedBy));
  });

  it("from the cache of CloudFront says so", () => {
    log.onRequest({ ...request, entrance: "cloudfront", name: "E1", servedBy: "cache", cloudFrontId: "id" });
    expect(terminal.text).toBe(LINE.replace("nv-demo-api", "CloudFront cache"));
  });

  it("is cut to the width of a terminal in its path", () => {
    const narrow = new FakeTerminal({ rows: 12, columns: 80 });
    const narrowLog = new RequestLog(narrow.open(), { isEnabled: true });
    narrowLog.release();
    narrowLog.onRequest({ ...request, path: `/api/${"long/".repeat(30)}` });
    expect(narrow.lines()).toEqual(["14:05:09  200       45 ms  GET    /api/long/long/long/long/long/l…  nv-demo-api"]);
  });

  it("is not printed while the log is disabled, and later while it is held", () => {
    log.isEnabled = false;
    log.onRequest(request);
    log.isEnabled = true;
    log.hold();
    log.onRequest(request);
    expect(terminal.text).toBe("");
    log.release();
    expect(terminal.text).toBe(LINE);
  });
});

describe("an error of a function", () => {
  const failure = {
    functionName: "nv-demo-hello:live",
    requestId: "r",
    failedAt: receivedAt,
    errorType: "RangeError",
    message: "too much\nof it",
    lastLogLine: "2026-11-27T14:05:09Z r ERROR Invoke Error",
  };

  it("is printed with the last line of the log", () => {
    log.onFunctionFailure(failure);
    log.onFunctionFailure({ ...failure, lastLogLine: undefined });
    expect(terminal.lines()).toEqual([
      "14:05:09  error   nv-demo-hello:live: RangeError: too much",
      "                  2026-11-27T14:05:09Z r ERROR Invoke Error",
      "14:05:09  error   nv-demo-hello:live: RangeError: too much",
    ]);
  });

  it("is red on a terminal", () => {
    const colored = new FakeTerminal({ rows: 12, columns: 80 });
    const coloredLog = new RequestLog(colored.open(), { isEnabled: true });
    coloredLog.release();
    coloredLog.onFunctionFailure(failure);
    expect(colored.text).toContain("\u001b[31m14:05:09  error");
  });
});
