import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createLog } from "../../lib/log/create-log.ts";
import { SecretsManagerStore } from "../../lib/secrets/secret-store.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { AddressBook } from "./addresses.ts";
import { readConfig } from "./config.ts";
import { DynamoDbDeliveryRecords } from "./dynamodb-delivery-records.ts";
import { createHandler, digestRequestBody } from "./handle-messages.ts";
import { Notifier } from "./notify.ts";
import { Recipients } from "./recipients.ts";

// ---- Initialization ----

const { addressesSecretArn, environment, log: logSettings, queueUrl, retrySeconds, scheme, table } = readConfig();
const log = createLog(logSettings);
/** In milliseconds. AWS APIs usually respond within 50 ms, and the function has 60 s for everything. */
const requestHandler = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };
const clientOptions = { maxAttempts: 3, requestHandler };
const sqs = new SQSClient(clientOptions);
const secrets = new SecretsManagerStore(new SecretsManagerClient(clientOptions));

const notifier = new Notifier({
  addresses: new AddressBook(secrets, addressesSecretArn, scheme),
  recipients: new Recipients(scheme, {
    fetch,
    sleep: (milliseconds) => setTimeout(milliseconds),
    random: Math.random,
  }),
  records: new DynamoDbDeliveryRecords(new DynamoDBClient(clientOptions), table, systemClock),
  scheduleDigest: async (startedAt, DelaySeconds) => {
    const MessageBody = digestRequestBody(startedAt);
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds }));
  },
  environment,
  clock: systemClock,
  log,
});
const handle = createHandler({
  notifier,
  retryIn: async (ReceiptHandle, VisibilityTimeout) => {
    const input = { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout };
    await sqs.send(new ChangeMessageVisibilityCommand(input));
  },
  retrySeconds,
  log,
});

// ---- Each event ----

/** Invoked by the event source mapping of the queue, with `ReportBatchItemFailures`. */
export const handler = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  log.addContext(context);
  return handle(event);
};
