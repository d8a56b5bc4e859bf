import { beforeEach, expect, it } from "vitest";
import { JsonLog, type LogLevel } from "./json-log.ts";

let lines: string[];
const entries = () => lines.map((line) => JSON.parse(line));
const create = (level: LogLevel = "INFO", traceId?: string) =>
  new JsonLog("api", level, { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6) }, { traceId }, (line) => lines.push(line));

const context = {
  awsRequestId: "id",
  functionName: "nv-demo-api",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:nv-demo-api",
  memoryLimitInMB: "512",
};

beforeEach(() => {
  lines = [];
});

it("writes an entry as one line", () => {
  create().info("Two\nlines", { status: 200, path: undefined });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  expect(entries()).toEqual([
    { level: "INFO", message: "Two\nlines", timestamp: "2026-01-02T03:04:05.006Z", service: "api", status: 200 },
  ]);
});

it("adds the context of the invocation and its trace", () => {
  const log = create("INFO", "1-5759e988-bd862e3fe1be46a994272793");
  log.addContext(context);
  log.error("One");
  log.addContext({ ...context, awsRequestId: "other" });
  log.error("Two");
  expect(entries()).toMatchObject([
    {
      cold_start: true,
      function_arn: context.invokedFunctionArn,
      function_memory_size: "512",
      function_name: "nv-demo-api",
      function_request_id: "id",
      xray_trace_id: "1-5759e988-bd862e3fe1be46a994272793",
    },
    { cold_start: false, function_request_id: "other" },
  ]);
});

it.each([
  ["DEBUG", ["DEBUG", "INFO", "WARN", "ERROR"]],
  ["INFO", ["INFO", "WARN", "ERROR"]],
  ["WARN", ["WARN", "ERROR"]],
  ["ERROR", ["ERROR"]],
] as const)("writes entries of the level %s and above", (level, written) => {
  const log = create(level);
  log.debug("");
  log.info("");
  log.warn("");
  log.error("");
  expect(entries().map((entry) => entry.level)).toEqual(written);
});

it("writes values that JSON does not have", () => {
  create().info("", { size: 2n ** 64n, error: new TypeError("wrong", { cause: new Error("inner") }) });
  expect(entries()).toMatchObject([
    { size: "18446744073709551616", error: { name: "TypeError", message: "wrong", cause: { message: "inner" } } },
  ]);
});
