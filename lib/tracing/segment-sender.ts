import type { AwsAccess } from "../aws/access.ts";
import { AwsClient } from "../aws/aws-client.ts";
import { xray } from "../aws/service.ts";
import { describeError, type Log } from "../log/log.ts";
import type { SegmentDocument } from "./segment.ts";

/** That of the X-Ray daemon: https://github.com/aws/aws-xray-daemon/blob/master/pkg/cfg/cfg.go */
const BATCH_SIZE = 50;

/** While X-Ray does not respond, further documents are dropped. */
const MAX_WAITING = 1_000;

/** Milliseconds. */
const limits = { pause: 1_000, request: 5_000 } as const;

/** https://docs.aws.amazon.com/xray/latest/api/API_PutTraceSegments.html */
interface Result {
  readonly UnprocessedTraceSegments?: readonly { readonly ErrorCode?: string; readonly Message?: string }[];
}

/**
 * Sends the documents of a server to X-Ray, in batches and in the background. Documents that cannot be sent are
 * dropped: tracing neither fails nor delays what it measures.
 */
export class SegmentSender {
  readonly #client: AwsClient;
  readonly #log: Log;
  #waiting: SegmentDocument[] = [];
  #sending: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param access of a role with `xray:PutTraceSegments`; the requests themselves are not traced */
  constructor({ region, credentials, endpoint }: AwsAccess, log: Log) {
    this.#client = new AwsClient(xray, { region, credentials, endpoint });
    this.#log = log;
  }

  add(document: SegmentDocument): void {
    if (this.#waiting.length >= MAX_WAITING) return;
    this.#waiting.push(document);
    this.#timer ??= setTimeout(() => void this.flush(), limits.pause).unref();
  }

  /** Resolves when no document is waiting. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#send(this.#waiting.splice(0, BATCH_SIZE));
  }

  async #send(documents: readonly SegmentDocument[]): Promise<void> {
    try {
      const TraceSegmentDocuments = documents.map((document) => JSON.stringify(document));
      const body = JSON.stringify({ TraceSegmentDocuments });
      const headers = { "content-type": "application/json" };
      const request = { operation: "PutTraceSegments", method: "POST", path: "/TraceSegments", headers, body } as const;
      const response = await this.#client.send(request, limits.request);
      const { UnprocessedTraceSegments: rejected = [] } = JSON.parse(response.body.toString()) as Result;
      const reasons = rejected.map(({ ErrorCode, Message }) => `${ErrorCode}: ${Message}`);
      if (rejected.length > 0) this.#log.warn("X-Ray rejected segments", { reasons });
    } catch (error) {
      this.#log.warn("Segments were not sent to X-Ray", { segments: documents.length, error: describeError(error) });
    }
  }
}
