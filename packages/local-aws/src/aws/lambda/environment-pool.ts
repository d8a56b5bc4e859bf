import { AwsError } from "../../runtime/error.ts";
import type { ExecutionEnvironment, SandboxRequest } from "./sandbox/execution-environment.ts";
import type { Outcome } from "./sandbox/outcome.ts";

/** How many sandboxes of one function run at once without a reservation: AWS has 1,000 for the account, a developer's machine has not. */
const UNRESERVED_LIMIT = 10;

interface Pooled {
  /** What the sandbox was made from; it serves nothing else. */
  readonly key: string;
  readonly environment: ExecutionEnvironment;
  idleTimer?: NodeJS.Timeout;
}

export interface EnvironmentPoolOptions {
  /** Milliseconds after which an idle sandbox is ended. */
  readonly idleLimit: number;
}

/**
 * The sandboxes of one function, all its versions together, as concurrency is counted on Lambda. It grows on demand. At a reserved limit callers
 * are refused (429) as on AWS; at the limit of the machine they wait.
 */
export class EnvironmentPool {
  readonly #idleLimit: number;
  readonly #idle: Pooled[] = [];
  readonly #busy = new Set<Pooled>();
  readonly #waiting: (() => void)[] = [];
  #reserved: number | undefined;
  #closed = false;

  constructor({ idleLimit }: EnvironmentPoolOptions) {
    this.#idleLimit = idleLimit;
  }

  /** `reserved_concurrent_executions`; undefined for none. */
  reserve(reserved: number | undefined): void {
    this.#reserved = reserved;
  }

  /**
   * Runs the request in a free sandbox of that key, or in a new one that `make` gives.
   *
   * @throws AwsError `TooManyRequestsException` (429) at the reserved limit.
   */
  async run(key: string, make: () => ExecutionEnvironment, request: SandboxRequest): Promise<Outcome> {
    if (this.#reserved !== undefined && this.#busy.size >= this.#reserved) throw throttled();
    while (!this.#closed && this.#busy.size >= (this.#reserved ?? UNRESERVED_LIMIT)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#closed) throw new AwsError("ServiceException", "The function is being deleted.", 500);
    const pooled = this.#take(key) ?? { key, environment: make() };
    this.#busy.add(pooled);
    try {
      return await pooled.environment.invoke(request);
    } finally {
      this.#busy.delete(pooled);
      if (!pooled.environment.ended) this.#rest(pooled);
      this.#waiting.shift()?.();
    }
  }

  /** Ends the idle sandboxes that `isCurrent` disowns. Busy ones finish first and then grow old unused. */
  retire(isCurrent: (key: string) => boolean): void {
    for (const pooled of this.#idle.filter(({ key }) => !isCurrent(key))) this.#end(pooled);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#idle, ...this.#busy];
    for (const { idleTimer } of all) clearTimeout(idleTimer);
    this.#idle.length = 0;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all(all.map(({ environment }) => environment.end()));
  }

  /** The one used last is the most likely to be warm in the machine's caches. */
  #take(key: string): Pooled | undefined {
    for (const gone of this.#idle.filter(({ environment }) => environment.ended)) this.#end(gone);
    const pooled = this.#idle.findLast((candidate) => candidate.key === key);
    if (!pooled) return undefined;
    clearTimeout(pooled.idleTimer);
    this.#idle.splice(this.#idle.indexOf(pooled), 1);
    return pooled;
  }

  #rest(pooled: Pooled): void {
    if (this.#closed) return void pooled.environment.end();
    pooled.idleTimer = setTimeout(() => this.#end(pooled), this.#idleLimit).unref();
    this.#idle.push(pooled);
  }

  #end(pooled: Pooled): void {
    clearTimeout(pooled.idleTimer);
    this.#idle.splice(this.#idle.indexOf(pooled), 1);
    void pooled.environment.end();
  }
}

function throttled(): AwsError {
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, {
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
  });
}
