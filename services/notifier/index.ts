import { setTimeout } from "node:timers/promises";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { openCloudWatch } from "../../lib/aws/cloudwatch.ts";
import { openDynamoDb } from "../../lib/aws/dynamodb.ts";
import { functionAccess, functionTracer as tracer } from "../../lib/aws/environment.ts";
import { openSqs } from "../../lib/aws/sqs.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { SecretsManagerStore } from "../../lib/secrets/secret-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { AddressBook } from "./addresses.ts";
import { readConfig } from "./config.ts";
import { DynamoDbDeliveryRecords } from "./dynamodb-delivery-records.ts";
import { createHandler, digestRequestBody } from "./handle-messages.ts";
import { withMetricOfRule } from "./metric-of-rule.ts";
import { Notifier } from "./notify.ts";
import { Recipients } from "./recipients.ts";

// ---- Initialization ----

const { log: logSettings, addressesSecretArn, queueUrl, retrySeconds, scheme, table, ...settings } = readConfig();
const log = createLog(logSettings);
const sqs = openSqs(functionAccess);
const cloudWatch = openCloudWatch(functionAccess);
const secrets = new SecretsManagerStore(functionAccess);

const notifier = new Notifier({
  addresses: new AddressBook(secrets, addressesSecretArn, scheme),
  recipients: new Recipients(scheme, {
    fetch,
    sleep: (milliseconds) => setTimeout(milliseconds),
    random: Math.random,
    tracer,
  }),
  records: new DynamoDbDeliveryRecords(openDynamoDb(functionAccess), table, settings.window, systemClock),
  scheduleDigest: async (startedAt, DelaySeconds) => {
    const MessageBody = digestRequestBody(startedAt);
    await sqs.call("SendMessage", { QueueUrl: queueUrl, MessageBody, DelaySeconds });
  },
  ...settings,
  clock: systemClock,
  log,
});
const handle = createHandler({
  notifier,
  complete: (change) => withMetricOfRule(change, cloudWatch, log),
  retryIn: async (ReceiptHandle, VisibilityTimeout) => {
    await sqs.call("ChangeMessageVisibility", { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout });
  },
  retrySeconds,
  log,
  tracer,
});

// ---- Each event ----

/** Invoked by the event source mapping of the queue, with `ReportBatchItemFailures`. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  log.addContext(context);
  return handle(event);
};
