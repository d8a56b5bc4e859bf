import { expect, it } from "vitest";
import type { SegmentDocument } from "./segment.ts";
import { type GraphService, serviceGraph } from "./service-graph.ts";
import { START, testPart, testSegment } from "./testing/segments.ts";
import { assembleTrace } from "./trace.ts";

const assemble = (...documents: SegmentDocument[]) => assembleTrace(documents, { revision: 1, limitExceeded: false });

/** `app (client) → app (AWS::Lambda)`, and `⇢` for links. */
function edgesOf(services: readonly GraphService[]): string[] {
  const nameOf = (reference: number) => {
    const { Name, Type } = services.find(({ ReferenceId }) => ReferenceId === reference) ?? {};
    return `${Name} (${Type})`;
  };
  return services.flatMap(({ ReferenceId, Edges }) =>
    Edges.map((edge) => `${nameOf(ReferenceId)} ${edge.EdgeType ? "⇢" : "→"} ${nameOf(edge.ReferenceId)}`),
  );
}

const send = testPart("SQS", { namespace: "aws", aws: { queue_url: "http://127.0.0.1/000000000000/work" } });
const sender = testSegment({ name: "api", origin: "AWS::Lambda::Function", subsegments: [send], fault: true });

it("has a client for requests from outside, and the services that they call", () => {
  const services = serviceGraph([
    assemble(sender),
    assemble(testSegment({ name: "api", origin: "AWS::Lambda::Function" })),
  ]);
  expect(edgesOf(services)).toEqual([
    "api (AWS::Lambda::Function) → work (AWS::SQS::Queue)",
    "api (client) → api (AWS::Lambda::Function)",
  ]);
  expect(services.find(({ Root }) => Root)).toMatchObject({
    Name: "api",
    SummaryStatistics: {
      OkCount: 1,
      ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
      FaultStatistics: { OtherCount: 1, TotalCount: 1 },
      TotalCount: 2,
      TotalResponseTime: expect.closeTo(0.2),
    },
    ResponseTimeHistogram: [{ Value: 0.1, Count: 2 }],
    StartTime: START,
  });
});

it("links the receiver of a message to the queue", () => {
  const links = [{ trace_id: sender.trace_id, id: send.id }];
  const receiver = testSegment({ name: "worker", origin: "AWS::Lambda", links, throttle: true, error: true });
  const services = serviceGraph([assemble(sender), assemble(receiver)]);
  expect(edgesOf(services)).toContain("work (AWS::SQS::Queue) ⇢ worker (AWS::Lambda)");
  const worker = services.find(({ Name }) => Name === "worker");
  expect(worker).not.toHaveProperty("Root");
  expect(worker?.SummaryStatistics.ErrorStatistics).toEqual({ ThrottleCount: 1, OtherCount: 0, TotalCount: 1 });
});
