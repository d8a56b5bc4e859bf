import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "./clock.ts";

/** A request that an entrance of the deployment has answered, once its response has ended. */
export interface ServedRequest {
  readonly entrance: "api-gateway" | "cloudfront" | "load-balancer";
  /** ID of the API or distribution, or name of the load balancer. */
  readonly name: string;
  readonly method: string;
  /** The dimensions of its metrics, such as `ApiId` and `Stage`. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** With the query string, not decoded. */
  readonly path: string;
  /** Undefined when the connection was closed before a response. */
  readonly status: number | undefined;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Milliseconds. */
  readonly duration: number;
  /**
   * The function with its qualifier (`resize:live`), the target (`web 127.0.0.1:8080`) or the origin; `cache` for a
   * response from CloudFront's cache. Undefined when the entrance itself responded, such as with 404.
   */
  readonly servedBy: string | undefined;
  /** Whether the entrance itself responded because what `servedBy` names failed. */
  readonly isFailure?: boolean;
  /** The request ID of CloudFront (`x-amz-cf-id`), for a request to a distribution or from one to its origin. */
  readonly cloudFrontId: string | undefined;
}

/** An invocation that failed: the function threw an error, timed out, exceeded its memory or exited. */
export interface FunctionFailure {
  /** With its qualifier, if it was invoked with one. */
  readonly functionName: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly failedAt: number;
  readonly errorType: string;
  readonly message: string;
  /** The last line that the function logged during the invocation; undefined if it logged nothing. */
  readonly lastLogLine: string | undefined;
}

/** Called while a deployment is used. An error that it throws is not handled. */
export interface TrafficObserver {
  readonly onRequest?: ((request: ServedRequest) => void) | undefined;
  readonly onFunctionFailure?: ((failure: FunctionFailure) => void) | undefined;
}

/** Passes requests and failures to everyone who subscribed: the program that started the local AWS, a dashboard. */
export class Traffic {
  readonly #observers = new Set<TrafficObserver>();

  /** @returns a function that ends the subscription. */
  subscribe(observer: TrafficObserver): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  readonly request = (request: ServedRequest): void => {
    for (const { onRequest } of this.#observers) onRequest?.(request);
  };

  readonly failure = (failure: FunctionFailure): void => {
    for (const { onFunctionFailure } of this.#observers) onFunctionFailure?.(failure);
  };
}

/** What only the entrance knows of a request, when its response has ended. */
export type Served = Pick<ServedRequest, "entrance" | "name" | "dimensions" | "servedBy" | "isFailure"> & {
  readonly cloudFrontId?: string;
};

/** Reports a request when its response has ended, or when its connection was closed without one. */
export function observe(
  message: IncomingMessage,
  response: ServerResponse,
  clock: Clock,
  report: ((request: ServedRequest) => void) | undefined,
  served: () => Served,
): void {
  if (!report) return;
  const receivedAt = clock.now();
  const startedAt = performance.now();
  response.once("close", () => {
    report({
      cloudFrontId: message.headers["x-amz-cf-id"]?.toString(),
      ...served(),
      method: message.method ?? "GET",
      path: message.url ?? "/",
      status: response.headersSent ? response.statusCode : undefined,
      receivedAt,
      duration: performance.now() - startedAt,
    });
  });
}
