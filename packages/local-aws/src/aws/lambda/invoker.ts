/** The invoker of a function. */
export type InvocationSource =
  /** A caller of the API, whom IAM has authorized. */
  | { readonly kind: "caller" }
  /** Lambda's own poller, which uses the role of the function and so needs no permission on the function. */
  | { readonly kind: "event-source-mapping" }
  /**
   * A service, which needs a permission on the function. `principal` is that of the permission
   * (`apigateway.amazonaws.com`); `sourceArn` must match its `source_arn`.
   */
  | { readonly kind: "service"; readonly principal: string; readonly sourceArn: string };

export interface Invocation {
  /** Name, `name:alias`, partial or full ARN, with or without qualifier. */
  readonly functionName: string;
  /** Version or alias; takes precedence over that in `functionName`. Default `$LATEST`. */
  readonly qualifier?: string | undefined;
  /** JSON text. */
  readonly payload: string;
  /**
   * `Event` returns immediately and runs the function later, with two retries, a failure destination and a dead-letter
   * queue.
   */
  readonly type: "RequestResponse" | "Event";
  /** JSON text for the context of the function; for `RequestResponse` only. */
  readonly clientContext?: string | undefined;
  readonly source: InvocationSource;
  /** The tracing header of the caller. */
  readonly traceHeader?: string | undefined;
  /** The tracing headers of the messages in the payload; the trace of the invocation has links to theirs. */
  readonly linkedTraceHeaders?: readonly string[] | undefined;
}

export interface InvocationResult {
  /** JSON text: the result of the function, or its error object when `functionError` is set. Empty for `Event`. */
  readonly payload: string;
  /** Set when the function failed: it threw, timed out, exceeded its memory or exited. */
  readonly functionError?: "Handled" | "Unhandled" | undefined;
  readonly executedVersion: string;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
}

/** The part of Lambda that the services that invoke functions use. */
export interface LambdaInvoker {
  /** Rejects with an `AwsError` when the function cannot be invoked. */
  invoke(invocation: Invocation): Promise<InvocationResult>;
}

/** The permissions of functions, for services that check them before the first invocation. */
export interface FunctionPermissions {
  /** @throws AwsError `AccessDeniedException` or `ResourceNotFoundException`. */
  checkPermission(functionName: string, source: InvocationSource): void;
}
