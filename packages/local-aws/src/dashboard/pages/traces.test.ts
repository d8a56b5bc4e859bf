import { afterEach, beforeEach, expect, it } from "vitest";
import type { SegmentDocument, SegmentLink, Subsegment } from "../../aws/xray/segment.ts";
import { testPart, testSegment, testSegmentId } from "../../aws/xray/testing/segments.ts";
import { ServedDashboard } from "../testing/served-dashboard.ts";
import type { TracesView } from "../trace-views.ts";

let served: ServedDashboard;

beforeEach(async () => {
  served = await ServedDashboard.start();
});
afterEach(() => served.stop());

const put = (...segments: SegmentDocument[]) => {
  for (const segment of segments) served.services.contents.traces.put(segment);
};
const read = (query = "") => served.read<TracesView>(`traces?${query}`);

const list = testPart("postgres", { namespace: "remote", sql: { sanitized_query: "list-files\nfrom files" } });
const send = testPart("SQS", {
  namespace: "aws",
  aws: { operation: "SendMessage", queue_url: "http://127.0.0.1/000000000000/events" },
});

/** The two segments that Lambda writes, with the program's own subsegments. */
function invocation(name: string, subsegments: readonly Subsegment[], links?: readonly SegmentLink[]) {
  const http = { response: { status: 200 } };
  const service = testSegment({ name, origin: "AWS::Lambda", http, links });
  const invoked = testPart("Invocation", { subsegments });
  const segment = testSegment({
    name,
    origin: "AWS::Lambda::Function",
    trace_id: service.trace_id,
    parent_id: service.id,
    subsegments: [invoked],
  });
  return [service, segment] as const;
}

const handler = testPart("handler", {
  http: { request: { method: "GET", url: "https://example.com/list?a=1" }, response: { status: 404 } },
  annotations: { role: "admin" },
  subsegments: [list, send],
});

it("lists traces, newest first, with their request and services", async () => {
  const [service, segment] = invocation("api", [handler]);
  put(service, segment, testSegment({ name: "worker", fault: true }));
  const { traces, matching, total, services } = await read();
  expect(traces).toMatchObject([
    { name: "worker", status: "fault", services: ["worker"] },
    {
      id: service.trace_id,
      name: "GET /list?a=1",
      status: "ok",
      httpStatus: 404,
      annotations: "role=admin",
      services: ["api", "postgres", "events"],
      milliseconds: expect.closeTo(100, 3),
    },
  ]);
  expect([matching, total, services]).toEqual([2, 2, ["api", "events", "postgres", "worker"]]);
});

it("filters by words, by a filter expression, by service, and errors", async () => {
  put(...invocation("api", [handler]), testSegment({ name: "worker", fault: true }));
  const names = async (query: string) => (await read(query)).traces.map(({ name }) => name);
  expect(await names("q=LIST")).toEqual(["GET /list?a=1"]);
  expect(await names("q=events")).toEqual(["GET /list?a=1"]);
  expect(await names(`q=${encodeURIComponent('annotation.role = "admin"')}`)).toEqual(["GET /list?a=1"]);
  expect(await names("q=fault")).toEqual(["worker"]);
  expect(await names("service=postgres")).toEqual(["GET /list?a=1"]);
  expect(await names("failed=1")).toEqual(["worker"]);
  const invalid = await served.read<{ message: string }>(`traces?q=${encodeURIComponent("http.status >")}`);
  expect(invalid.message).toContain("a value is expected at the end");
});

it("shows a trace as a waterfall, in which a called service is the type of its call", async () => {
  const cause = { exceptions: [{ id: testSegmentId(), type: "RangeError", message: "too far" }] };
  const [service, segment] = invocation("api", [{ ...handler, fault: true, cause }]);
  put(service, segment);
  const { selected } = await read(`trace=${service.trace_id}`);
  expect(selected?.url).toBe("https://example.com/list?a=1");
  expect(selected?.spans.map(({ depth, name, type, summary }) => [depth, name, type, summary])).toEqual([
    [0, "api", "AWS::Lambda", ""],
    [1, "api", "AWS::Lambda::Function", ""],
    [2, "Invocation", undefined, ""],
    [3, "handler", undefined, "GET /list?a=1"],
    [4, "postgres", "Database::SQL", "list-files"],
    [4, "SQS", "AWS::SQS::Queue", "events · SendMessage"],
  ]);
  expect(selected?.spans[3]).toMatchObject({
    status: "fault",
    exceptions: ["RangeError: too far"],
    annotations: { role: "admin" },
    data: { http: { response: { status: 404 } } },
    isSegment: false,
  });
  const missing = await served.read<{ message: string }>("traces?trace=1-67891233-abcdef012345678912345678");
  expect(missing.message).toContain("is not stored");
});

it("connects the trace of a message with that of its sender", async () => {
  const [sender, segment] = invocation("api", [handler]);
  const [worker, function_] = invocation("worker", [], [{ trace_id: sender.trace_id, id: send.id }]);
  put(sender, segment, worker, function_);
  expect((await read(`trace=${sender.trace_id}`)).selected).toMatchObject({
    sources: [],
    continuations: [{ id: worker.trace_id, name: "worker" }],
  });
  expect((await read(`trace=${worker.trace_id}`)).selected?.sources).toEqual([
    { id: sender.trace_id, name: "GET /list?a=1" },
  ]);

  const { map } = await read("view=map");
  expect(map?.calls.map(({ from, to, isLink, requests }) => [from, to, isLink, requests]).sort()).toEqual([
    ["api", "events", false, 1],
    ["api", "postgres", false, 1],
    ["events", "worker", true, 1],
  ]);
  expect(map?.services.map(({ name, type }) => [name, type])).toContainEqual(["worker", "AWS::Lambda::Function"]);
  for (const { x, y } of [...(map?.services ?? []), ...(map?.calls ?? []).flatMap(({ points }) => points)]) {
    expect(x >= 0 && x <= Number(map?.width) && y >= 0 && y <= Number(map?.height)).toBe(true);
  }
});
