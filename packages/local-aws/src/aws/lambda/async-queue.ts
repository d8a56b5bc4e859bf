import { randomUUID } from "node:crypto";
import { formatTraceHeader } from "../../http/trace-header.ts";
import { traceId } from "../../http/trace-id.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Journal } from "../../runtime/journal.ts";
import {
  type AsyncInvocation,
  type DestinationCondition,
  deadLetterAttributes,
  destinationRecord,
  type LastResponse,
} from "./destination.ts";

/** A throttled event is retried after this delay until its maximum age. It does not count as an attempt. */
const THROTTLE_DELAY_MS = 1_000;

/** How asynchronous invocations of a function are retried, and where their results are sent. */
export interface AsyncPolicy {
  /** 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** Seconds. */
  readonly maximumEventAge: number;
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  readonly deadLetterTarget: string | undefined;
}

/** Sends a record to the queue, topic or function with this ARN. */
export type Deliver = (
  targetArn: string,
  body: string,
  attributes?: Readonly<Record<string, string>>,
) => Promise<void> | void;

export interface AsyncQueueOptions {
  readonly path: string;
  readonly clock: Clock;
  /** Milliseconds before the first and the second retry. */
  readonly retryDelays: readonly number[];
  /** Runs the function once. Rejects with an `AwsError`: 429 when it is throttled, 404 when it does not exist. */
  readonly run: (invocation: AsyncInvocation) => Promise<LastResponse>;
  readonly policyOf: (functionName: string, qualifier: string | undefined) => AsyncPolicy;
  readonly deliver: Deliver;
}

/**
 * Events that were accepted with `InvocationType: Event`. Each is on disk before it is acknowledged, and stays there
 * until the function has processed it or it is sent to a failure destination, even if the process is killed.
 */
export class AsyncQueue {
  readonly #options: AsyncQueueOptions;
  readonly #journal: Journal<AsyncInvocation>;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #running = false;

  constructor(options: AsyncQueueOptions) {
    this.#options = options;
    this.#journal = new Journal(options.path);
  }

  accept(functionName: string, qualifier: string | undefined, payload: string, traceHeader?: string): void {
    const now = this.#options.clock.now();
    const requestId = randomUUID();
    this.#store({
      requestId,
      functionName,
      qualifier,
      payload,
      traceHeader: traceHeader ?? formatTraceHeader({ root: traceId(now) }),
      acceptedAt: now,
      attempts: 0,
      notBefore: now,
    });
  }

  /** Starts to run events, beginning with those of an earlier process. */
  resume(): void {
    this.#running = true;
    for (const invocation of this.#journal.values()) this.#schedule(invocation);
  }

  close(): void {
    this.#running = false;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#journal.close();
  }

  #store(invocation: AsyncInvocation): void {
    this.#journal.set(invocation.requestId, invocation);
    this.#schedule(invocation);
  }

  #schedule(invocation: AsyncInvocation): void {
    if (!this.#running) return;
    const delay = Math.max(0, invocation.notBefore - this.#options.clock.now());
    this.#timers.set(invocation.requestId, setTimeout(() => void this.#attempt(invocation), delay).unref());
  }

  async #attempt(invocation: AsyncInvocation): Promise<void> {
    const { clock, policyOf, run, retryDelays } = this.#options;
    const policy = policyOf(invocation.functionName, invocation.qualifier);
    if (clock.now() - invocation.acceptedAt > policy.maximumEventAge * 1000) {
      return this.#finish(invocation, policy, "EventAgeExceeded", undefined);
    }
    let response: LastResponse;
    try {
      response = await run(invocation);
    } catch (error) {
      if (error instanceof AwsError && error.status === 404) return this.#remove(invocation);
      return this.#retry(invocation, invocation.attempts, THROTTLE_DELAY_MS);
    }
    if (!this.#running) return; // The shutdown may have caused the failure: the next process retries.
    const attempts = invocation.attempts + 1;
    const attempted = { ...invocation, attempts };
    if (response.functionError === undefined) return this.#finish(attempted, policy, "Success", response);
    if (attempts > policy.maximumRetryAttempts) return this.#finish(attempted, policy, "RetriesExhausted", response);
    this.#retry(invocation, attempts, retryDelays[attempts - 1] ?? 0);
  }

  #retry(invocation: AsyncInvocation, attempts: number, delay: number): void {
    if (!this.#running) return; // The journal contains the event for the next start.
    this.#store({ ...invocation, attempts, notBefore: this.#options.clock.now() + delay });
  }

  /** If the destination does not accept the record, the event is kept and run again. */
  async #finish(
    invocation: AsyncInvocation,
    policy: AsyncPolicy,
    condition: DestinationCondition,
    response: LastResponse | undefined,
  ): Promise<void> {
    const { deliver, clock, retryDelays } = this.#options;
    const destination = condition === "Success" ? policy.onSuccess : policy.onFailure;
    try {
      if (destination) await deliver(destination, destinationRecord(invocation, condition, response, clock.now()));
      if (condition !== "Success" && policy.deadLetterTarget) {
        await deliver(policy.deadLetterTarget, invocation.payload, deadLetterAttributes(invocation, response));
      }
    } catch {
      return this.#retry(invocation, invocation.attempts, retryDelays[0] ?? 0);
    }
    this.#remove(invocation);
  }

  #remove({ requestId }: AsyncInvocation): void {
    this.#timers.delete(requestId);
    if (this.#running) this.#journal.delete(requestId);
  }
}
