import { parseFilter, type TraceFilter } from "../../aws/xray/filter/parse-filter.ts";
import type { Trace } from "../../aws/xray/trace.ts";
import { AwsError } from "../../runtime/error.ts";
import type { DashboardSources } from "../sources.ts";
import type { TracesView } from "../trace-views.ts";
import { matches, type Page } from "./page.ts";
import { serviceMap } from "./service-map.ts";
import { traceDetailView, traceView } from "./trace-view.ts";

const MAX_TRACES = 200;
/** Other texts are words. */
const FILTER_EXPRESSION = /[()!=<>[\]{}]|^(ok|error|fault|throttle|partial)$| (CONTAINS|BEGINSWITH|ENDSWITH) /;

/** The traces, the map of their services, and one trace. */
export function tracesPage({ traces }: Pick<DashboardSources, "traces">): Page<TracesView> {
  return {
    read(query) {
      const all = traces.all();
      const found = all.filter(filterOf(query)).reverse();
      return {
        traces: found.slice(0, MAX_TRACES).map(traceView),
        matching: found.length,
        total: all.length,
        services: servicesOf(all),
        map: query.get("view") === "map" ? serviceMap(found) : undefined,
        selected: selectedIn(all, query.get("trace")),
      };
    },
  };
}

function selectedIn(all: readonly Trace[], id: string | null): TracesView["selected"] {
  if (id === null) return undefined;
  const trace = all.find((other) => other.id === id);
  if (!trace) throw new AwsError("NotFound", `The trace ${id} is not stored: it was not sampled, or is too old.`, 404);
  return traceDetailView(trace, all);
}

function filterOf(query: URLSearchParams): TraceFilter {
  const term = query.get("q")?.trim() ?? "";
  const service = query.get("service");
  // The request IDs of API Gateway end with an equals sign.
  const isExpression = FILTER_EXPRESSION.test(term.replace(/=$/, ""));
  const isFound: TraceFilter = isExpression ? parseFilter(term) : (trace) => hasWords(trace, term);
  const isOfService: TraceFilter = ({ segments }) => !service || segments.some(({ name }) => name === service);
  const isFailed: TraceFilter = ({ segments }) => segments.some(({ error, fault }) => error || fault);
  return (trace) => isOfService(trace) && (!query.has("failed") || isFailed(trace)) && isFound(trace);
}

function hasWords(trace: Trace, term: string): boolean {
  if (term === "") return true;
  const { id, name, annotations, services, httpStatus } = traceView(trace);
  return matches(term, id, name, annotations, String(httpStatus ?? ""), ...services);
}

function servicesOf(traces: readonly Trace[]): readonly string[] {
  return [...new Set(traces.flatMap(({ segments }) => segments.map(({ name }) => name)))].sort();
}
