import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import * as v from "valibot";
import { describeError, type Log } from "../../lib/log/log.ts";
import { traceMessage } from "../../lib/tracing/trace-message.ts";
import type { Tracer } from "../../lib/tracing/tracer.ts";
import { type AlarmChange, InvalidMessageError, parseAlarmChange } from "./alarm-change.ts";
import { parseBudgetNotice } from "./budget-notice.ts";
import { parseCostAnomaly } from "./cost-anomaly.ts";
import { anomalyMessage, budgetMessage } from "./cost-message.ts";
import { DeliveryError } from "./delivery-error.ts";
import { type Notifier, NotYetError } from "./notify.ts";

export interface HandlerDependencies {
  readonly notifier: Pick<Notifier, "notify" | "notifyCost" | "digest">;
  /** Adds what the message of a composite alarm does not have. */
  readonly complete: (change: AlarmChange) => Promise<AlarmChange>;
  /** Makes the message available again after `seconds`. */
  readonly retryIn: (receiptHandle: string, seconds: number) => Promise<void>;
  /** Seconds before the first retry; each further one waits twice as long. */
  readonly retrySeconds: number;
  readonly log: Log;
  readonly tracer: Tracer;
}

/** What the function sends to its own queue. */
const digestRequest = v.strictObject({ digest: v.strictObject({ startedAt: v.number() }) });

export const digestRequestBody = (startedAt: number): string => JSON.stringify({ digest: { startedAt } });

const MAX_RETRY_SECONDS = 900;

/**
 * Handles the messages of a batch one by one. A message that fails is retried with exponential backoff until the queue
 * moves it to the dead-letter queue.
 */
export function createHandler(dependencies: HandlerDependencies): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const batchItemFailures: SQSBatchResponse["batchItemFailures"] = [];
    for (const record of Records) {
      try {
        await traceMessage(dependencies.tracer, record, () => handle(record, dependencies));
      } catch (error) {
        batchItemFailures.push({ itemIdentifier: record.messageId });
        await retryLater(record, error, dependencies);
      }
    }
    return { batchItemFailures };
  };
}

async function handle({ body }: SQSRecord, { notifier, complete }: HandlerDependencies): Promise<void> {
  const notice = parseBudgetNotice(body);
  if (notice) return notifier.notifyCost(budgetMessage(notice));
  const message = parseJson(body);
  const anomaly = parseCostAnomaly(message);
  if (anomaly) return notifier.notifyCost(anomalyMessage(anomaly));
  const request = v.safeParse(digestRequest, message);
  if (request.success) await notifier.digest(request.output.digest.startedAt);
  else await notifier.notify(await complete(parseAlarmChange(message)));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new InvalidMessageError("It is not JSON");
  }
}

async function retryLater(record: SQSRecord, error: unknown, dependencies: HandlerDependencies): Promise<void> {
  const { log, retryIn, retrySeconds } = dependencies;
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  for (const reason of errors) {
    const entry = { messageId: record.messageId, attempt, error: describeError(reason) };
    if (reason instanceof NotYetError) log.info("Not delivered yet", entry);
    else log.error("Not delivered", entry);
  }
  const backoff = Math.min(MAX_RETRY_SECONDS, retrySeconds * 2 ** (attempt - 1));
  const seconds = Math.min(MAX_RETRY_SECONDS, Math.max(...errors.map((reason) => delayFor(reason, backoff))));
  try {
    await retryIn(record.receiptHandle, seconds);
  } catch (failure) {
    // The message is available again after the visibility timeout of the queue.
    log.warn("The time of the next attempt could not be set", { error: describeError(failure) });
  }
}

function delayFor(error: unknown, backoff: number): number {
  if (error instanceof InvalidMessageError) return 0; // No later attempt can succeed.
  if (error instanceof NotYetError) return error.retryAfter;
  return Math.max(backoff, (error instanceof DeliveryError && error.retryAfter) || 0);
}
