/**
 * What a segment or a subsegment says about the work that it measures, in the form of a segment document:
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 *
 * It contains names, statuses and IDs; never a secret, a query string, a value of a statement or a presigned URL.
 */
export interface SegmentFields {
  /** Of a call to another service: `aws` for AWS, `remote` for others. */
  namespace?: "aws" | "remote";
  /** A failure that the caller caused. */
  error?: boolean;
  /** A failure of the service. */
  fault?: boolean;
  /** A request that was rejected because there were too many. */
  throttle?: boolean;
  cause?: { readonly exceptions: readonly SegmentException[] };
  http?: { request?: HttpRequestFields; response?: { status: number } };
  /** Of a call to AWS: the action, the request ID, and the resource. */
  aws?: Record<string, string | undefined>;
  sql?: { url: string; database_type: string; sanitized_query: string };
  /** Indexed, for filter expressions. */
  annotations?: Record<string, string | undefined>;
}

interface HttpRequestFields {
  method?: string | undefined;
  /** Without a query. */
  url?: string;
}

export interface SegmentException {
  readonly id: string;
  /** The name of the error. */
  readonly type: string;
  /** Its code. Its message may contain values. */
  readonly message?: string | undefined;
  /** The ID of the exception that caused it. */
  readonly cause?: string | undefined;
}

/** A segment, or a subsegment that is sent on its own. */
export interface SegmentDocument extends SegmentFields {
  readonly name: string;
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id?: string | undefined;
  readonly type?: "subsegment";
  /** The type of the resource that runs the program, such as `AWS::ECS::Container`. */
  readonly origin?: string;
  /** Seconds since the epoch. */
  readonly start_time: number;
  readonly end_time: number;
}
