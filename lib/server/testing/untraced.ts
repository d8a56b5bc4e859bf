import { systemClock } from "../../time/clock.ts";
import { noTracer } from "../../tracing/tracer.ts";
import type { RequestTracing } from "../record-request.ts";

/** For tests of servers: no request is recorded. */
export const untraced: RequestTracing = {
  tracer: noTracer,
  name: "test",
  origin: "test",
  samplingRate: 0,
  random: () => 0.5,
  clock: systemClock,
};
