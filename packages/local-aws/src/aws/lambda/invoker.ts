/** Who calls a function: a signed API caller is authorized by IAM before; a service needs a permission on the function. */
export type InvocationSource =
  | { readonly kind: "caller" }
  /** Lambda's own poller, which acts with the function's role and so needs no permission on the function. */
  | { readonly kind: "event-source-mapping" }
  /** `principal` as in the permission (`apigateway.amazonaws.com`); `sourceArn` is matched with the permission's `source_arn`. */
  | { readonly kind: "service"; readonly principal: string; readonly sourceArn: string };

export interface Invocation {
  /** Name, `name:alias`, partial or full ARN, with or without qualifier. */
  readonly functionName: string;
  /** Version or alias; beats one in `functionName`. Default `$LATEST`. */
  readonly qualifier?: string | undefined;
  /** JSON text. */
  readonly payload: string;
  /** `Event` answers at once and runs later, with two retries and the function's on-failure destination or dead-letter queue. */
  readonly type: "RequestResponse" | "Event";
  /** JSON text that the function finds in its context; for `RequestResponse` only. */
  readonly clientContext?: string | undefined;
  readonly source: InvocationSource;
}

export interface InvocationResult {
  /** JSON text: the function's answer, or its error object when `functionError` is set. Empty for `Event`. */
  readonly payload: string;
  /** Present when the function failed (thrown, timed out, out of memory, exited). */
  readonly functionError?: "Handled" | "Unhandled" | undefined;
  readonly executedVersion: string;
  /** The last 4 KB of the invocation's log. */
  readonly logTail: string;
}

/** Runs functions; implemented by the Lambda service, used by everything that triggers one. Rejects with `AwsError` when it cannot be invoked. */
export interface LambdaInvoker {
  invoke(invocation: Invocation): Promise<InvocationResult>;
}

/** Who may invoke what; for services that AWS lets refuse a function before it is ever invoked. */
export interface FunctionPermissions {
  /** @throws AwsError `AccessDeniedException`, or `ResourceNotFoundException` when there is no such function. */
  checkPermission(functionName: string, source: InvocationSource): void;
}
