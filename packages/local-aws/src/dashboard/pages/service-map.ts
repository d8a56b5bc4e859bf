import dagre from "@dagrejs/dagre";
import { type SegmentDocument, withSubsegments } from "../../aws/xray/segment.ts";
import { type GraphEdge, type GraphService, serviceGraph } from "../../aws/xray/service-graph.ts";
import type { Trace } from "../../aws/xray/trace.ts";
import type { MapCallView, MapServiceView, ServiceMapView } from "../trace-views.ts";

const BOX = { width: 196, height: 70 };
/** Around the drawing; the figures of a call are above its line. */
const MARGIN = 20;

/**
 * The services of traces from left to right, with their calls. Clients are not shown, and a function and Lambda itself
 * are one service, so that the map remains readable.
 */
export function serviceMap(traces: readonly Trace[]): ServiceMapView {
  const services = serviceGraph(traces.map(withoutLambdaItself)).filter(({ Type }) => Type !== "client");
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 22, ranksep: 66, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { ReferenceId } of services) graph.setNode(String(ReferenceId), { ...BOX });
  for (const service of services) {
    for (const edge of service.Edges) graph.setEdge(String(service.ReferenceId), String(edge.ReferenceId));
  }
  dagre.layout(graph);
  const calls = services.flatMap((service) =>
    service.Edges.map((edge) => {
      const { points } = graph.edge(String(service.ReferenceId), String(edge.ReferenceId));
      return callView(service, edge, services, points);
    }),
  );
  const { width = 0, height = 0 } = graph.graph();
  // The size that dagre computes includes the services, but not the lines around them.
  const lowest = Math.max(0, ...calls.flatMap(({ points }) => points.map(({ y }) => y)));
  return {
    width,
    height: Math.max(height, lowest + MARGIN),
    box: BOX,
    services: services.map((service) => {
      const { x, y } = graph.node(String(service.ReferenceId));
      return serviceView(service, { x: x - BOX.width / 2, y: y - BOX.height / 2 });
    }),
    calls,
  };
}

/** Puts the segment of each function into the place of Lambda's own. */
function withoutLambdaItself(trace: Trace): Trace {
  const services = new Map(
    trace.segments
      .filter(({ origin }) => origin === "AWS::Lambda")
      .flatMap((segment) => withSubsegments(segment).map(({ id }) => [id, segment] as const)),
  );
  const replaced = new Set<SegmentDocument>();
  const segments = trace.segments.map((segment) => {
    const service = services.get(segment.parent_id ?? "");
    if (segment.origin !== "AWS::Lambda::Function" || !service) return segment;
    replaced.add(service);
    return { ...segment, parent_id: service.parent_id, links: service.links };
  });
  return { ...trace, segments: segments.filter((segment) => !replaced.has(segment)) };
}

function serviceView(service: GraphService, position: Pick<MapServiceView, "x" | "y">): MapServiceView {
  const { ReferenceId: id, Name: name, Type: type } = service;
  return { id, name, type, ...position, ...trafficOf(service) };
}

function callView(
  from: GraphService,
  edge: GraphEdge,
  services: readonly GraphService[],
  points: MapCallView["points"],
): MapCallView {
  const to = services.find(({ ReferenceId }) => ReferenceId === edge.ReferenceId);
  return { from: from.Name, to: to?.Name ?? "", isLink: edge.EdgeType === "link", points, ...trafficOf(edge) };
}

function trafficOf({ SummaryStatistics, ResponseTimeHistogram }: GraphEdge | GraphService) {
  const { TotalCount, ErrorStatistics, FaultStatistics, TotalResponseTime } = SummaryStatistics;
  const ended = ResponseTimeHistogram.reduce((sum, { Count }) => sum + Count, 0);
  return {
    requests: TotalCount,
    errors: ErrorStatistics.TotalCount,
    faults: FaultStatistics.TotalCount,
    meanMilliseconds: ended === 0 ? undefined : (TotalResponseTime / ended) * 1_000,
  };
}
