import { randomUUID } from "node:crypto";
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

/** A throttled event is not an attempt: it comes back after this long, for as long as the event may live. */
const THROTTLE_DELAY_MS = 1_000;

/** `aws_lambda_function_event_invoke_config`, with the function's dead-letter target. */
export interface AsyncPolicy {
  /** 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** Seconds. */
  readonly maximumEventAge: number;
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
  readonly deadLetterTarget: string | undefined;
}

/** Sends a record to a queue, a topic or a function, named by ARN. */
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
  /** Runs the function once. Rejects with `AwsError` 429 when throttled, 404 when the function is gone. */
  readonly run: (invocation: AsyncInvocation) => Promise<LastResponse>;
  readonly policyOf: (functionName: string, qualifier: string | undefined) => AsyncPolicy;
  readonly deliver: Deliver;
}

/**
 * Events that were accepted with `InvocationType: Event`. Each is on disk before it is acknowledged, and stays there until the function has run it or
 * its failure destination has it, whatever kills the process in between.
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

  accept(functionName: string, qualifier: string | undefined, payload: string): void {
    const now = this.#options.clock.now();
    const requestId = randomUUID();
    this.#keep({ requestId, functionName, qualifier, payload, acceptedAt: now, attempts: 0, notBefore: now });
  }

  /** Starts to work, first on what an earlier process left. */
  resume(): void {
    this.#running = true;
    for (const invocation of this.#journal.values()) this.#schedule(invocation);
  }

  close(): void {
    this.#running = false;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#journal.close();
  }

  #keep(invocation: AsyncInvocation): void {
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
      if (error instanceof AwsError && error.status === 404) return this.#forget(invocation);
      return this.#retry(invocation, invocation.attempts, THROTTLE_DELAY_MS);
    }
    if (!this.#running) return; // the end of this process may have been the failure: the next one tries again
    const attempts = invocation.attempts + 1;
    const ran = { ...invocation, attempts };
    if (response.functionError === undefined) return this.#finish(ran, policy, "Success", response);
    if (attempts > policy.maximumRetryAttempts) return this.#finish(ran, policy, "RetriesExhausted", response);
    this.#retry(invocation, attempts, retryDelays[attempts - 1] ?? 0);
  }

  #retry(invocation: AsyncInvocation, attempts: number, delay: number): void {
    if (!this.#running) return; // it is in the journal as it was, for the next start
    this.#keep({ ...invocation, attempts, notBefore: this.#options.clock.now() + delay });
  }

  /** A record that its destination does not take keeps its event alive: it is tried again, and not lost. */
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
    this.#forget(invocation);
  }

  #forget({ requestId }: AsyncInvocation): void {
    this.#timers.delete(requestId);
    if (this.#running) this.#journal.delete(requestId);
  }
}
