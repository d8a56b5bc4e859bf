import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columns } from "./columns.ts";
import { lakeEntry } from "./lake-entry.ts";
import { normalizeRecords } from "./normalize-records.ts";

const PREFIX = "nv-demo";
const FUNCTION = "/aws/lambda/nv-demo-api";
const timestamp = Date.parse("2026-11-28T04:05:06.007Z");
const entryOf = (line: object | string, logGroup = FUNCTION) =>
  lakeEntry({ logGroup, timestamp, message: typeof line === "string" ? line : JSON.stringify(line) }, PREFIX);

describe("the row of a log event", () => {
  it("has the facts of a request, and no other member of the line", () => {
    const line = {
      ...{ level: "INFO", message: "Request", timestamp: "2026-11-28T04:05:06.000Z", service: "api" },
      ...{ function_request_id: "f-1", function_arn: "arn", cold_start: true, xray_trace_id: "1-2" },
      ...{ route: "GET /api/files/{key+}", requestId: "r-1", user: "ann", status: 404, milliseconds: 12.5 },
      ...{ ip: "203.0.113.7", path: "/api/files/ann/cv.pdf", headers: { authorization: "Basic x" } },
    };
    expect(entryOf(line)).toEqual({
      time: "2026-11-28T04:05:06.007Z",
      log_group: FUNCTION,
      ...{ service: "api", level: "INFO", message: "Request", request_id: "r-1", function_request_id: "f-1" },
      trace_id: "1-2",
      ...{ route: "GET /api/files/{key+}", status: 404, milliseconds: 12.5, user_name: "ann" },
    });
  });

  it("has the name, the message and the code of an error, without its stack", () => {
    const error = { name: "Error", message: "outer", code: "ECONNRESET", stack: "at …", cause: { message: "inner" } };
    expect(entryOf({ level: "ERROR", message: "Request failed", requestId: "r-1", error })).toMatchObject({
      ...{ service: "api", code: "ECONNRESET", error_name: "Error", error_message: "outer" },
    });
    const uncaught = { errorType: "TypeError", errorMessage: "x is not a function", stackTrace: [] };
    expect(entryOf({ level: "ERROR", message: uncaught, requestId: "f-1" })).toMatchObject({
      ...{ message: "Uncaught error", function_request_id: "f-1", error_name: "TypeError" },
    });
  });

  it("has the duration and the memory of an invocation", () => {
    const metrics = {
      durationMs: 1.23,
      billedDurationMs: 2,
      memorySizeMB: 256,
      maxMemoryUsedMB: 90.4,
      initDurationMs: 5,
    };
    const root = "1-5759e988-bd862e3fe1be46a994272793";
    const tracing = { spanId: "x", type: "X-Amzn-Trace-Id", value: `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1` };
    const record = { requestId: "f-1", status: "success", metrics, tracing };
    const report = { time: "…", type: "platform.report", record };
    expect(entryOf(report)).toMatchObject({
      ...{ service: "api", message: "Report", function_request_id: "f-1", trace_id: root, outcome: "success" },
      ...{ milliseconds: 1.23, billed_milliseconds: 2, memory_mb: 256, max_memory_mb: 90, init_milliseconds: 5 },
    });
    expect(entryOf({ ...report, type: "platform.start" })).toBeUndefined();
  });

  it("has an audit entry once, from the audit log, without the address of the client", () => {
    const audit = { who: "ann", action: "delete-file", target: "a/b", from: "203.0.113.7", outcome: "succeeded" };
    expect(entryOf({ level: "INFO", message: "Audit", audit })).toBeUndefined();
    const { time, log_group, ...entry } = entryOf(audit, "/nv-demo/audit") ?? {};
    expect(entry).toEqual({
      ...{ service: "audit", message: "Audit", user_name: "ann", action: "delete-file", target: "a/b" },
      outcome: "succeeded",
    });
  });

  it("has the route of a request to API Gateway, without path and address", () => {
    const line = {
      requestId: "r",
      ip: "203.0.113.7",
      route: "GET /{key+}",
      path: "/cv.pdf",
      status: "200",
      latency: "7",
      integrationError: "-",
    };
    expect(entryOf(line, "/aws/apigateway/nv-demo-files")).toMatchObject({
      ...{ service: "api-gateway", route: "GET /{key+}", status: 200, milliseconds: 7 },
    });
    expect(JSON.stringify(entryOf(line, "/aws/apigateway/nv-demo-files"))).not.toMatch(/cv\.pdf|203\.0/);
  });

  it("has the text of a line that is not JSON", () => {
    expect(entryOf("Killed\n")).toMatchObject({ service: "api", message: "Killed" });
  });

  it.each([
    [
      `2026-11-28 04:05:06 UTC:10.23.10.5(4711):api@nvdemo:[77]:ERROR:  invalid input "ann"`,
      { level: "ERROR", message: 'invalid input "…"' },
    ],
    ["2026-11-28 UTC::@:[1]:LOG:  checkpoint complete", { level: "INFO", message: "checkpoint complete" }],
    [
      "2026 UTC:10.1.1.1(1):a@b:[2]:LOG:  duration: 1234.5 ms  execute x: select 'ann'",
      { message: "Statement", milliseconds: 1234.5 },
    ],
    ["2026-11-28 04:05:06.007 UTC [77] FATAL:  the database system is starting up", { level: "FATAL" }],
  ])("has no value of a statement: %s", (line, entry) => {
    expect(entryOf(line, "/aws/rds/instance/nv-demo-postgres/postgresql")).toMatchObject({
      service: "postgres",
      ...entry,
    });
  });

  it.each([
    "2026 UTC:10.1.1.1(1):a@b:[2]:DETAIL:  Key (name)=(ann) already exists.",
    "[2]:STATEMENT:  select 'ann'",
    "\tfrom person",
  ])("does not exist for %s", (line) => {
    expect(entryOf(line, "/aws/rds/instance/nv-demo-postgres/postgresql")).toBeUndefined();
  });

  it("never has another member than the columns, nor a credential, whatever a program logs", () => {
    const secret = "nvk_CANARY-secret";
    const line = fc.oneof(
      fc.object({ withDate: true }).map((value) => JSON.stringify(value)),
      fc
        .record({ message: fc.constant(`a ${secret}`), error: fc.record({ message: fc.constant(`b ${secret}`) }) })
        .map((value) => JSON.stringify(value)),
      fc.string().map((text) => `${text} ${secret}`),
    );
    const groups = fc.constantFrom(FUNCTION, "/nv-demo/audit", "/aws/apigateway/x", "/aws/rds/instance/x", "/ecs/x");
    fc.assert(
      fc.property(line, groups, (message, logGroup) => {
        const entry = lakeEntry({ logGroup, timestamp, message }, PREFIX) ?? {};
        expect(Object.keys(columns)).toEqual(expect.arrayContaining(Object.keys(entry)));
        expect(JSON.stringify(entry)).not.toContain("CANARY");
        for (const [name, value] of Object.entries(entry)) {
          const type = (columns as Record<string, string>)[name];
          expect(typeof value).toBe(type === "string" ? "string" : "number");
          if (type === "int") expect(Number.isInteger(value)).toBe(true);
        }
      }),
    );
  });
});

describe("records", () => {
  const record = (content: object) => ({
    recordId: "1",
    approximateArrivalTimestamp: 0,
    data: gzipSync(JSON.stringify(content)).toString("base64"),
  });
  const batch = (...messages: readonly string[]) => ({
    ...{ messageType: "DATA_MESSAGE", owner: "1", logGroup: FUNCTION, logStream: "s", subscriptionFilters: ["lake"] },
    logEvents: messages.map((message, id) => ({ id: String(id), timestamp, message })),
  });

  it("become lines of JSON", () => {
    const [result] = normalizeRecords(
      [record(batch('{"message":"a"}', '{"type":"platform.start","record":{}}', "b"))],
      PREFIX,
    );
    const lines = Buffer.from(result?.data ?? "", "base64").toString();
    expect(result?.result).toBe("Ok");
    expect(lines.endsWith("\n")).toBe(true);
    expect(
      lines
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).message),
    ).toEqual(["a", "b"]);
  });

  it("are dropped without an entry, and fail when they are not batches", () => {
    const results = normalizeRecords(
      [
        record({ ...batch("x"), messageType: "CONTROL_MESSAGE" }),
        record(batch('{"audit":{}}')),
        { recordId: "2", approximateArrivalTimestamp: 0, data: Buffer.from("text").toString("base64") },
      ],
      PREFIX,
    );
    expect(results.map(({ result }) => result)).toEqual(["Dropped", "Dropped", "ProcessingFailed"]);
  });
});
