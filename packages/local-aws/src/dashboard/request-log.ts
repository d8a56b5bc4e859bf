import type { FunctionFailure, ServedRequest, Traffic } from "../runtime/traffic.ts";

const MAX_REQUESTS = 1_000;
const MAX_FAILURES = 100;

export interface NumberedRequest extends ServedRequest {
  readonly number: number;
}

export interface RequestLogListener {
  request(request: NumberedRequest): void;
  failure(failure: FunctionFailure): void;
}

/** The most recent requests to the deployment and the most recent failures of functions, in memory. */
export class RequestLog {
  readonly #requests: NumberedRequest[] = [];
  readonly #failures: FunctionFailure[] = [];
  readonly #listeners = new Set<RequestLogListener>();
  #count = 0;

  constructor(traffic: Pick<Traffic, "subscribe">) {
    traffic.subscribe({
      onRequest: (served) => {
        this.#count += 1;
        const request = { ...served, number: this.#count };
        this.#requests.unshift(request);
        this.#requests.splice(MAX_REQUESTS);
        for (const listener of this.#listeners) listener.request(request);
      },
      onFunctionFailure: (failure) => {
        this.#failures.unshift(failure);
        this.#failures.splice(MAX_FAILURES);
        for (const listener of this.#listeners) listener.failure(failure);
      },
    });
  }

  /** Newest first. */
  requests(): readonly NumberedRequest[] {
    return this.#requests;
  }

  /** Newest first. */
  failures(): readonly FunctionFailure[] {
    return this.#failures;
  }

  /** Calls the listener for requests and failures from now on. @returns a function that ends this. */
  follow(listener: RequestLogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
