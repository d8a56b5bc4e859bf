import { jsonResponse } from "../../../lib/http/response.ts";
import { describeError, type Log } from "../../../lib/log/log.ts";
import type { Clock } from "../../../lib/time/clock.ts";
import type { OperationHandler } from "../operation.ts";

/** Something the API depends on. */
export interface Probe {
  readonly name: string;
  /** Without it the API still answers, slower: its failure is a warning. */
  readonly optional?: boolean;
  check(): Promise<unknown>;
}

interface CheckResult {
  readonly status: "pass" | "fail";
  readonly milliseconds: number;
}

/** `GET /health`: asks every dependency at once. 200 while the API can answer, 503 when it cannot. Reasons go to the log only. */
export const checkHealth = (probes: readonly Probe[], clock: Clock, log: Log): OperationHandler => {
  const run = async ({ name, check }: Probe): Promise<CheckResult> => {
    const started = clock.now();
    try {
      await check();
      return { status: "pass", milliseconds: clock.now() - started };
    } catch (error) {
      log.warn("A dependency is not healthy", { dependency: name, error: describeError(error) });
      return { status: "fail", milliseconds: clock.now() - started };
    }
  };
  return async () => {
    const results = await Promise.all(probes.map(async (probe) => ({ probe, result: await run(probe) })));
    const failed = results.filter(({ result }) => result.status === "fail").map(({ probe }) => probe);
    const unable = failed.some(({ optional }) => !optional);
    const status = unable ? "fail" : failed.length > 0 ? "warn" : "pass";
    const checks = Object.fromEntries(results.map(({ probe, result }) => [probe.name, result]));
    return jsonResponse(unable ? 503 : 200, { status, checks }, { "cache-control": "no-store" });
  };
};
