import { afterEach, beforeEach, expect, it } from "vitest";
import { HttpError } from "../http/http-error.ts";
import { jsonResponse } from "../http/response.ts";
import type { Fields } from "../log/log.ts";
import { silentLog } from "../log/testing/silent-log.ts";
import { createRecorder } from "../tracing/testing/recorder.ts";
import { type RunningServer, startServer } from "./server.ts";

const ROOT = "1-5759e988-bd862e3fe1be46a994272793";

let recorder: ReturnType<typeof createRecorder>;
let server: RunningServer;
let random: number;
let entries: (Fields | undefined)[];

beforeEach(async () => {
  recorder = createRecorder(() => undefined);
  random = 0.04;
  entries = [];
  const { tracer } = recorder;
  const clock = { now: () => 0x5759e988 * 1_000 };
  const fail = () => {
    throw new HttpError(400, "NumberMissing", "There is no number.");
  };
  server = await startServer({
    routes: {
      "GET /health": () => jsonResponse(200, {}),
      "GET /sum": () => tracer.subsegment("database", {}, async () => jsonResponse(200, { header: tracer.header })),
      "GET /add_number": fail,
    },
    port: 0,
    log: { ...silentLog, info: (_message, fields) => entries.push(fields) },
    clock,
    tracing: { tracer, name: "adder", origin: "AWS::EC2::Instance", samplingRate: 0.05, random: () => random, clock },
    errorPage: () => jsonResponse(500, {}),
  });
});
afterEach(() => server.stop());

const get = async (path: string, trace?: string): Promise<Record<string, unknown>> => {
  const headers = { connection: "close", ...(trace !== undefined && { "x-amzn-trace-id": trace }) };
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  return (await response.json()) as Record<string, unknown>;
};

it("continues the trace of the load balancer", async () => {
  const { header } = await get("/sum?secret=1", `Root=${ROOT}`);
  const [database, segment] = recorder.documents;
  expect(segment).toMatchObject({
    name: "adder",
    origin: "AWS::EC2::Instance",
    trace_id: ROOT,
    http: { request: { method: "GET", url: `http://127.0.0.1:${server.port}/sum` }, response: { status: 200 } },
  });
  expect(segment).not.toHaveProperty("type");
  expect(database?.parent_id).toBe(segment?.id);
  expect(header).toBe(`Root=${ROOT};Parent=${database?.id};Sampled=1`);
  expect(entries).toMatchObject([{ requestId: ROOT }]);
});

it("starts a trace for a request without one", async () => {
  await get("/sum");
  expect(recorder.documents[1]?.trace_id).toMatch(/^1-5759e988-[\da-f]{24}$/);
});

it("names the trace in problem documents, also when it is not recorded", async () => {
  const problem = { requestId: ROOT, traceId: ROOT };
  expect(await get("/add_number", `Root=${ROOT}`)).toMatchObject(problem);
  expect(recorder.documents).toMatchObject([{ error: true, http: { response: { status: 400 } } }]);
  random = 0.06;
  expect(await get("/add_number", `Root=${ROOT}`)).toMatchObject(problem);
  expect(recorder.documents).toHaveLength(1);
});

it.each([
  ["records", `Root=${ROOT};Sampled=1`, 0.99, 2],
  ["does not record", `Root=${ROOT};Sampled=0`, 0, 0],
])("%s a trace when the caller has decided so", async (_, trace, value, segments) => {
  random = value;
  await get("/sum", trace);
  expect(recorder.documents).toHaveLength(segments);
});

it("does not record health checks", async () => {
  await get("/health", `Root=${ROOT};Sampled=1`);
  expect(recorder.documents).toEqual([]);
});
