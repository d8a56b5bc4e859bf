/** The parts of a request that a segment describes. */
export interface HttpData {
  readonly request?:
    | {
        readonly method?: string;
        readonly url?: string;
        readonly client_ip?: string;
        readonly user_agent?: string;
      }
    | undefined;
  readonly response?: { readonly status?: number; readonly content_length?: number } | undefined;
}

export interface SegmentException {
  readonly id?: string;
  readonly message?: string;
  readonly type?: string;
}

/** A reference to a segment in another trace, as of a function to the senders of the messages that it processes. */
export interface SegmentLink {
  readonly trace_id: string;
  readonly id?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/**
 * A part of the work in a segment. Times are seconds since the epoch.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
export interface Subsegment {
  readonly id: string;
  readonly name: string;
  readonly start_time: number;
  readonly end_time?: number | undefined;
  readonly in_progress?: boolean;
  /** `aws` for calls of AWS, `remote` for other calls. */
  readonly namespace?: string;
  readonly error?: boolean | undefined;
  readonly fault?: boolean | undefined;
  readonly throttle?: boolean | undefined;
  /** The exceptions, or the ID of one in another segment. */
  readonly cause?: { readonly exceptions?: readonly SegmentException[] } | string | undefined;
  readonly http?: HttpData | undefined;
  readonly aws?: Readonly<Record<string, unknown>> | undefined;
  readonly sql?: Readonly<Record<string, unknown>> | undefined;
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly links?: readonly SegmentLink[] | undefined;
  readonly subsegments?: readonly Subsegment[];
}

/** A document that X-Ray stores: a segment, or a subsegment that was sent separately. */
export interface SegmentDocument extends Subsegment {
  readonly trace_id: string;
  /** Required for a subsegment. */
  readonly parent_id?: string | undefined;
  readonly type?: "subsegment";
  /** The type of the AWS resource that ran the program: `AWS::Lambda::Function`. */
  readonly origin?: string;
  readonly user?: string;
  readonly resource_arn?: string;
  /** Created by X-Ray for a service that sends no segments. */
  readonly inferred?: boolean;
}

/** A segment and all of its subsegments, each before those in it. */
export function withSubsegments<Part extends Subsegment>(part: Part): readonly (Part | Subsegment)[] {
  return [part, ...(part.subsegments ?? []).flatMap((child) => withSubsegments(child))];
}
