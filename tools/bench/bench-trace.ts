import { systemClock } from "../../lib/time/clock.ts";
import { daemonEmitter } from "../../lib/tracing/daemon.ts";
import { formatTraceHeader, parseTraceHeader } from "../../lib/tracing/trace-header.ts";
import { Tracer } from "../../lib/tracing/tracer.ts";

const CALLS = 20_000;

/** Microseconds that a traced call may take longer than the same call without a tracer. */
const GOAL = 100;

/** An address where nothing receives: sending takes the same time, and this process has no other work. */
const NOBODY = "127.0.0.1:9";

/**
 * Measures what tracing adds to a call: of a request that is not sampled, of one that is, and the first time, when the
 * socket is created.
 *
 * @returns whether the goal is met
 */
export async function benchTrace(): Promise<boolean> {
  const root = "1-5759e988-bd862e3fe1be46a994272793";
  const tracerOf = (sampled: boolean) => {
    const header = formatTraceHeader({ root, parent: "53995c3f42cd8ad8", sampled });
    const outerContext = () => parseTraceHeader(header); // As of a function.
    return new Tracer({ outerContext, emit: daemonEmitter(() => NOBODY), clock: systemClock });
  };
  const call = async () => {};
  const traced = (tracer: Tracer) => () => {
    const sql = { url: "postgresql://host:5432/files", database_type: "PostgreSQL", sanitized_query: "list files" };
    return tracer.subsegment("files@host", { namespace: "remote", sql }, call);
  };
  const [off, on] = [traced(tracerOf(false)), traced(tracerOf(true))];
  const first = await measureCalls(on, 1);
  for (const warmUp of [call, off, on]) await measureCalls(warmUp, CALLS);
  const empty = await measureCalls(call, CALLS);
  const sampled = (await measureCalls(on, CALLS)) - empty;
  print("traced call, not sampled", (await measureCalls(off, CALLS)) - empty);
  print("traced call, sampled", sampled);
  print("first traced call, sampled", first - empty);
  const isMet = sampled <= GOAL;
  console.log(`  ${isMet ? "met" : "NOT MET"}: tracing takes at most ${GOAL} µs per call`);
  return isMet;
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** Microseconds per call. */
async function measureCalls(call: () => Promise<void>, count: number): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < count; index += 1) {
    await call();
    // Datagrams are sent when no promise is pending.
    await nextTick();
  }
  return ((performance.now() - started) * 1_000) / count;
}

function print(name: string, microseconds: number): void {
  console.log(`${name.padEnd(34)} ${Math.max(0, microseconds).toFixed(1).padStart(9)} µs`);
}
