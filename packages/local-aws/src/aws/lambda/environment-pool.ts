import { AwsError } from "../../runtime/error.ts";
import type { EnvironmentRequest, ExecutionEnvironment } from "./sandbox/execution-environment.ts";
import type { Outcome } from "./sandbox/outcome.ts";

/** Concurrent environments of a function without a reservation. The quota of an AWS account is 1,000. */
const UNRESERVED_LIMIT = 10;

interface Pooled {
  /** Identifies the version and configuration that the environment runs. */
  readonly key: string;
  readonly environment: ExecutionEnvironment;
  idleTimer?: NodeJS.Timeout;
}

export interface EnvironmentPoolOptions {
  /** Milliseconds after which an idle environment ends. */
  readonly idleLimit: number;
  /** Called when an environment has begun to run a request. */
  readonly onStart: () => void;
}

/**
 * The execution environments of all versions of a function, since Lambda counts concurrency per function. They are
 * created on demand. At the reserved concurrency callers are throttled (429) as on AWS; at the limit of the local AWS
 * they wait.
 */
export class EnvironmentPool {
  readonly #idleLimit: number;
  readonly #onStart: () => void;
  readonly #idle: Pooled[] = [];
  readonly #busy = new Set<Pooled>();
  readonly #waiting: (() => void)[] = [];
  #reserved: number | undefined;
  #closed = false;

  constructor({ idleLimit, onStart }: EnvironmentPoolOptions) {
    this.#idleLimit = idleLimit;
    this.#onStart = onStart;
  }

  /** The number of environments that run a request. */
  get executions(): number {
    return this.#busy.size;
  }

  /** @param reserved concurrency, or undefined for none. */
  reserve(reserved: number | undefined): void {
    this.#reserved = reserved;
  }

  /**
   * Runs the request in an idle environment with that key, or in a new one from `create`.
   *
   * @throws AwsError `TooManyRequestsException` (429) at the reserved concurrency.
   */
  async run(key: string, create: () => ExecutionEnvironment, request: EnvironmentRequest): Promise<Outcome> {
    if (this.#reserved !== undefined && this.#busy.size >= this.#reserved) throw throttled();
    while (!this.#closed && this.#busy.size >= (this.#reserved ?? UNRESERVED_LIMIT)) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#closed) throw new AwsError("ServiceException", "The function is being deleted.", 500);
    const pooled = this.#take(key) ?? { key, environment: create() };
    this.#busy.add(pooled);
    this.#onStart();
    try {
      return await pooled.environment.invoke(request);
    } finally {
      this.#busy.delete(pooled);
      if (!pooled.environment.ended) this.#release(pooled);
      this.#waiting.shift()?.();
    }
  }

  /** Ends the idle environments whose keys are not current. Busy ones end after they have been idle. */
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

  /** Prefers the environment that was used last, since its memory is most likely cached. */
  #take(key: string): Pooled | undefined {
    for (const ended of this.#idle.filter(({ environment }) => environment.ended)) this.#end(ended);
    const pooled = this.#idle.findLast((candidate) => candidate.key === key);
    if (!pooled) return undefined;
    clearTimeout(pooled.idleTimer);
    this.#idle.splice(this.#idle.indexOf(pooled), 1);
    return pooled;
  }

  #release(pooled: Pooled): void {
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
