import { createSocket } from "node:dgram";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XRay as XRayClient } from "@aws-sdk/client-xray";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Access } from "../../gateway/protocol.ts";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import { AwsError } from "../../runtime/error.ts";
import type { SegmentDocument } from "./segment.ts";
import { START, testPart, testSegment, testTraceId } from "./testing/segments.ts";
import { XRay } from "./xray.ts";

const RANGE = { StartTime: new Date((START - 60) * 1_000), EndTime: new Date((START + 60) * 1_000) };
const clock = { now: () => (START + 1) * 1_000 };

let directory: string;
let xray: XRay;
let served: ServedService;
let client: XRayClient;
let authorize: Access["authorize"];
let rejected: string[];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "xray-"));
  authorize = () => {};
  rejected = [];
  xray = new XRay({
    directory,
    access: { ...openAccess(), authorize: (...request) => authorize(...request) },
    clock,
    onInvalidDatagram: (message) => rejected.push(message),
  });
  served = await ServedService.start(xray.service);
  client = new XRayClient(served.client);
});
afterEach(async () => {
  client.destroy();
  await served.stop();
  xray.close();
  rmSync(directory, { recursive: true, force: true });
});

const put = (...segments: object[]) =>
  client.putTraceSegments({ TraceSegmentDocuments: segments.map((segment) => JSON.stringify(segment)) });

it("stores valid segments and says why others are not processed", async () => {
  const segment = testSegment();
  const { UnprocessedTraceSegments } = await put(segment, { ...testSegment({ id: "x" }) }, []);
  expect(UnprocessedTraceSegments).toEqual([
    {
      Id: "x",
      ErrorCode: "InvalidId",
      Message: "Invalid segment. ErrorCode: InvalidId. id has 16 hexadecimal digits.",
    },
    { ErrorCode: "ParseError", Message: expect.stringContaining("not a JSON object") },
  ]);
  const missing = testTraceId();
  const { Traces, UnprocessedTraceIds } = await client.batchGetTraces({ TraceIds: [segment.trace_id, missing] });
  expect(UnprocessedTraceIds).toEqual([missing]);
  expect(Traces).toMatchObject([{ Id: segment.trace_id, Duration: expect.closeTo(0.1), LimitExceeded: false }]);
  const documents = Traces?.[0]?.Segments?.map(({ Document = "" }) => JSON.parse(Document) as SegmentDocument);
  expect(documents).toEqual([segment]);
});

it("summarizes traces", async () => {
  const segment = testSegment({
    name: "api",
    origin: "AWS::Lambda",
    resource_arn: "arn:aws:lambda:us-east-1:000000000000:function:api",
    user: "ada",
    error: true,
    http: { request: { method: "GET", url: "https://example.com/a" }, response: { status: 404 } },
    subsegments: [
      testPart("handler", {
        annotations: { role: "admin", count: 2, cached: false },
        end_time: START + 0.2,
      }),
    ],
  });
  await put(
    segment,
    testSegment({ trace_id: segment.trace_id, name: "late", parent_id: segment.id, end_time: START + 2 }),
  );
  const { TraceSummaries, TracesProcessedCount } = await client.getTraceSummaries(RANGE);
  expect(TracesProcessedCount).toBe(1);
  const ServiceIds = [{ Name: "api", Names: ["api"], AccountId: "000000000000", Type: "AWS::Lambda" }];
  expect(TraceSummaries).toMatchObject([
    {
      Id: segment.trace_id,
      StartTime: new Date(START * 1_000),
      ResponseTime: 0.1,
      Duration: 2,
      HasError: true,
      HasFault: false,
      HasThrottle: false,
      IsPartial: false,
      Http: { HttpURL: "https://example.com/a", HttpMethod: "GET", HttpStatus: 404 },
      Annotations: {
        role: [{ AnnotationValue: { StringValue: "admin" }, ServiceIds }],
        count: [{ AnnotationValue: { NumberValue: 2 }, ServiceIds }],
        cached: [{ AnnotationValue: { BooleanValue: false }, ServiceIds }],
      },
      Users: [{ UserName: "ada", ServiceIds }],
      ServiceIds: [...ServiceIds, { Name: "late" }],
      EntryPoint: ServiceIds[0],
      ResourceARNs: [{ ARN: segment.resource_arn }],
      Revision: 2,
    },
  ]);
});

it("returns the traces of a time range page by page, newest first, that match a filter expression", async () => {
  const ids: string[] = [];
  for (let number = 0; number < 105; number += 1) {
    const segment = testSegment({ start_time: START + number / 10, end_time: START + 100, annotations: { number } });
    ids.unshift(segment.trace_id);
    await put(segment);
  }
  const first = await client.getTraceSummaries(RANGE);
  const second = await client.getTraceSummaries({ ...RANGE, NextToken: first.NextToken });
  expect([...(first.TraceSummaries ?? []), ...(second.TraceSummaries ?? [])].map(({ Id }) => Id)).toEqual(ids);
  expect(second.NextToken).toBeUndefined();
  const filtered = await client.getTraceSummaries({ ...RANGE, FilterExpression: "annotation.number < 2" });
  expect(filtered.TraceSummaries?.map(({ Id }) => Id)).toEqual(ids.slice(-2));
  const later = { StartTime: new Date((START + 10.35) * 1_000), EndTime: RANGE.EndTime };
  expect((await client.getTraceSummaries(later)).TraceSummaries).toHaveLength(1);
});

it("returns the graph of the services of some traces and of a time range", async () => {
  const segment = testSegment({ subsegments: [testPart("S3", { namespace: "aws" })] });
  await put(segment);
  const names = [
    ["app", undefined],
    ["S3", "AWS::S3"],
    ["app", "client"],
  ];
  const byTrace = await client.getTraceGraph({ TraceIds: [segment.trace_id] });
  expect(byTrace.Services?.map(({ Name, Type }) => [Name, Type]).sort()).toEqual(names.sort());
  const byTime = await client.getServiceGraph(RANGE);
  expect(byTime.Services).toEqual(byTrace.Services);
  expect(byTime.StartTime).toEqual(RANGE.StartTime);
});

it("samples every request", async () => {
  const { SamplingRuleRecords } = await client.getSamplingRules({});
  expect(SamplingRuleRecords).toMatchObject([{ SamplingRule: { RuleName: "Default", FixedRate: 1 } }]);
  const statistics = { ClientID: "0".repeat(24), Timestamp: new Date(), RequestCount: 1, SampledCount: 1 };
  const targets = await client.getSamplingTargets({
    SamplingStatisticsDocuments: ["Default", "other"].map((RuleName) => ({ RuleName, ...statistics })),
  });
  expect(targets).toMatchObject({
    SamplingTargetDocuments: [{ RuleName: "Default", FixedRate: 1, ReservoirQuota: 1, Interval: 10 }],
    UnprocessedStatistics: [{ RuleName: "other" }],
  });
  await client.putTelemetryRecords({ TelemetryRecords: [{ Timestamp: new Date() }] });
});

it.each<[reason: string, call: (invalid: XRayClient) => Promise<unknown>]>([
  ["longer than six hours", (xrayClient) => xrayClient.getTraceSummaries({ ...RANGE, StartTime: new Date(0) })],
  ["before StartTime", (xrayClient) => xrayClient.getServiceGraph({ ...RANGE, EndTime: new Date(0) })],
  ['does not support "edge"', (xrayClient) => xrayClient.getTraceSummaries({ ...RANGE, FilterExpression: "edge()" })],
  ["at most 5", (xrayClient) => xrayClient.batchGetTraces({ TraceIds: Array(6).fill("x") })],
  ["list of strings", (xrayClient) => xrayClient.batchGetTraces({ TraceIds: undefined })],
  ["NextToken", (xrayClient) => xrayClient.getTraceGraph({ TraceIds: [], NextToken: "x" })],
  ["groups of X-Ray", (xrayClient) => xrayClient.getServiceGraph({ ...RANGE, GroupName: "x" })],
])("rejects a request: %s", async (reason, call) => {
  await expect(call(client)).rejects.toMatchObject({
    name: "InvalidRequestException",
    message: expect.stringContaining(reason),
  });
});

it("authorizes each action", async () => {
  const asked: string[] = [];
  authorize = (_, action, resource) => {
    asked.push(`${action} ${resource}`);
    throw new AwsError("AccessDenied", "No.", 403);
  };
  await expect(put()).rejects.toMatchObject({ name: "AccessDeniedException" });
  await expect(client.batchGetTraces({ TraceIds: [] })).rejects.toThrow("No.");
  expect(asked).toEqual(["xray:PutTraceSegments *", "xray:BatchGetTraces *"]);
});

it("receives segments by UDP, and reports datagrams that are invalid", async () => {
  await xray.listen();
  const [host, port] = xray.daemonAddress?.split(":") ?? [];
  const socket = createSocket("udp4");
  const send = (datagram: string) => socket.send(datagram, Number(port), host);
  const segment = testSegment();
  send("hello");
  send(`{"format":"xml","version":1}\n${JSON.stringify(segment)}`);
  send(`{"format":"json","version":1}\n{}`);
  send(`{"format": "json", "version": 1}\n${JSON.stringify(segment)}`);
  await vi.waitFor(() => expect(xray.traces.get(segment.trace_id)).toBeDefined());
  socket.close();
  expect(rejected).toEqual([
    expect.stringContaining("begins with"),
    expect.stringContaining("begins with"),
    expect.stringContaining("MissingTraceId"),
  ]);
});
