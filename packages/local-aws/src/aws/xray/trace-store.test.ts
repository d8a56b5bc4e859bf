import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { START, testPart, testSegment, testSegmentId, testTraceId } from "./testing/segments.ts";
import { type TraceLimits, TraceStore } from "./trace-store.ts";

let directory: string;
let store: TraceStore;

const open = (limits?: TraceLimits): TraceStore => new TraceStore(join(directory, "segments.jsonl"), limits);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "traces-"));
  store = open();
});
afterEach(() => {
  store.close();
  rmSync(directory, { recursive: true, force: true });
});

it("moves subsegments that were sent separately into their parents, whichever came first", () => {
  const call = testPart("call", { start_time: START + 0.05 });
  const segment = testSegment({ subsegments: [call] });
  const { trace_id: traceId } = segment;
  const inner = testSegment({ type: "subsegment", name: "inner", trace_id: traceId, parent_id: call.id });
  const innermost = testSegment({ type: "subsegment", name: "innermost", trace_id: traceId, parent_id: inner.id });
  store.put(innermost);
  expect(store.get(traceId)).toMatchObject({ isPartial: true, segments: [{ name: "innermost" }] });
  store.put(inner);
  store.put(segment);
  const trace = store.get(traceId);
  expect(trace).toMatchObject({
    isPartial: false,
    revision: 3,
    segments: [
      { subsegments: [{ name: "call", subsegments: [{ name: "inner", subsegments: [{ name: "innermost" }] }] }] },
    ],
  });
  expect(trace?.segments).toHaveLength(1);
});

it("keeps documents that name each other as parents", () => {
  const traceId = testTraceId();
  const [one, two] = [testSegmentId(), testSegmentId()];
  store.put(testSegment({ type: "subsegment", trace_id: traceId, id: one, parent_id: two }));
  store.put(testSegment({ type: "subsegment", trace_id: traceId, id: two, parent_id: one }));
  expect(store.get(traceId)?.segments).toHaveLength(2);
});

it("replaces a segment in progress, but not by one in progress that arrives late", () => {
  const complete = testSegment();
  const { end_time, ...rest } = complete;
  const running = { ...rest, in_progress: true };
  store.put(running);
  expect(store.get(complete.trace_id)).toMatchObject({ isPartial: true, endTime: START });
  store.put(complete);
  store.put(running);
  expect(store.get(complete.trace_id)).toMatchObject({ isPartial: false, endTime: START + 0.1, revision: 2 });
});

it("infers the segments of services that send none", () => {
  const subsegments = [
    testPart("S3", { namespace: "aws", aws: { bucket_name: "files", operation: "PutObject" } }),
    testPart("DynamoDB", { namespace: "aws", aws: { table_name: "users" }, fault: true }),
    testPart("SQS", { namespace: "aws", aws: { queue_url: "http://127.0.0.1/000000000000/work" } }),
    testPart("Secrets Manager", { namespace: "aws" }),
    testPart("files@postgres", { namespace: "remote", sql: { sanitized_query: "list-files" } }),
    testPart("shoutcloud.io", { namespace: "remote" }),
    testPart("sort"),
  ];
  const segment = testSegment({ subsegments });
  store.put(segment);
  const inferred = store.get(segment.trace_id)?.segments.filter((other) => other.inferred) ?? [];
  expect(inferred.map(({ name, origin, fault }) => [name, origin, fault === true])).toEqual([
    ["files", "AWS::S3::Bucket", false],
    ["users", "AWS::DynamoDB::Table", true],
    ["work", "AWS::SQS::Queue", false],
    ["Secrets Manager", "AWS::SecretsManager", false],
    ["files@postgres", "Database::SQL", false],
    ["shoutcloud.io", "remote", false],
  ]);
});

it("deletes old traces above its limits, also on disk", () => {
  store.close();
  store = open({ traces: 2, bytes: 1_000_000 });
  const [first, second, third] = [testSegment(), testSegment(), testSegment()];
  for (const segment of [first, second, third]) store.put(segment);
  store.close();
  store = open();
  expect(store.all().map(({ id }) => id)).toEqual([second.trace_id, third.trace_id]);
  store.close();
  store = open({ traces: 10, bytes: 1_000 });
  const large = testSegment({ metadata: { text: "x".repeat(900) } });
  store.put(large);
  expect(store.all().map(({ id }) => id)).toEqual([large.trace_id]);
});

it("drops documents of a trace above 500 KB", () => {
  const trace_id = testTraceId();
  for (let number = 0; number < 12; number += 1)
    store.put(testSegment({ trace_id, metadata: { text: "x".repeat(60_000) } }));
  const trace = store.get(trace_id);
  expect(trace?.limitExceeded).toBe(true);
  expect(trace?.segments).toHaveLength(9);
});
