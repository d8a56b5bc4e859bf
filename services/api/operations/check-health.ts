import { jsonResponse } from "../../../lib/http/response.ts";
import { describeError, type Log } from "../../../lib/log/log.ts";
import type { Clock } from "../../../lib/time/clock.ts";
import type { PublicOperationHandler } from "../operation.ts";

/** Checks a dependency of the API. */
export interface Probe {
  readonly name: string;
  /** The API works without the dependency, only slower: its failure is a warning. */
  readonly optional?: boolean;
  check(): Promise<unknown>;
}

interface CheckResult {
  readonly status: "pass" | "fail";
  readonly milliseconds: number;
}

/**
 * `GET /health`: checks every dependency concurrently. 200 while the API works, otherwise 503. Only the log has the
 * reasons.
 */
export const checkHealth = (probes: readonly Probe[], clock: Clock, log: Log): PublicOperationHandler => {
  const run = async ({ name, check }: Probe): Promise<CheckResult> => {
    const started = clock.now();
    try {
      await check();
      return { status: "pass", milliseconds: clock.now() - started };
    } catch (error) {
      log.warn("A dependency is unhealthy", { dependency: name, error: describeError(error) });
      return { status: "fail", milliseconds: clock.now() - started };
    }
  };
  return async () => {
    const results = await Promise.all(probes.map(async (probe) => ({ probe, result: await run(probe) })));
    const failed = results.filter(({ result }) => result.status === "fail").map(({ probe }) => probe);
    const isUnavailable = failed.some(({ optional }) => !optional);
    const status = isUnavailable ? "fail" : failed.length > 0 ? "warn" : "pass";
    const checks = Object.fromEntries(results.map(({ probe, result }) => [probe.name, result]));
    return jsonResponse(isUnavailable ? 503 : 200, { status, checks }, { "cache-control": "no-store" });
  };
};
