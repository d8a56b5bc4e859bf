/** An event for one target that is not delivered yet. */
export interface Delivery {
  readonly id: string;
  readonly targetArn: string;
  readonly event: object;
  /** Milliseconds since the epoch. */
  readonly created: number;
  /** The tracing header of the request, which S3 passes on to the target. */
  readonly traceHeader?: string | undefined;
}
