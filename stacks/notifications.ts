import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping/index.js";
import type { Construct } from "constructs";
import { readSecret } from "./base/access.ts";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { Alarms } from "./constructs/alarms.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { AddressSecret } from "./notifications/address-secret.ts";
import { notifierAlarmDefinitions } from "./notifications/alarm-definitions.ts";
import { AlarmQueue } from "./notifications/alarm-queue.ts";
import { AlarmTopic } from "./notifications/alarm-topic.ts";
import { Budget } from "./notifications/budget.ts";
import { CostAnomalies } from "./notifications/cost-anomalies.ts";

export interface NotificationsOutputs {
  readonly alarmTopicArn: string;
  readonly addressesSecretArn: string;
  readonly queueName: string;
  readonly deadLetterQueueName: string;
}

export interface NotificationsStackProps extends StackProps {
  readonly notifierBundle: Bundle;
}

/** In seconds: three attempts of 5 s per recipient, with the longest waits between them, and calls of AWS. */
const TIMEOUT = 60;

/** The topic of the alarms of all systems, and the function that delivers them to Slack and PagerDuty. */
export class NotificationsStack extends BaseStack {
  readonly outputs: Published<NotificationsOutputs>;

  constructor(scope: Construct, id: string, props: NotificationsStackProps) {
    super(scope, id, props);
    const topic = new AlarmTopic(this, "Alarm");
    const { monthlyBudget } = this.environment;
    if (monthlyBudget !== undefined) {
      new Budget(this, "Budget", { monthlyBudget, topic });
      new CostAnomalies(this, "CostAnomalies", { monthlyBudget, topic });
    }
    const alarms = new AlarmQueue(this, "Alarms", { topicArn: topic.arn, functionTimeout: TIMEOUT });
    const addresses = new AddressSecret(this, "Addresses");
    const notifier = this.#notifier(props.notifierBundle, alarms, addresses);
    new Alarms(this, "OwnAlarms", {
      alarmDefinitions: notifierAlarmDefinitions({
        functionName: notifier.name,
        deadLetterQueue: alarms.deadLetters.name,
      }),
    });
    this.outputs = this.publish({
      alarmTopicArn: topic.arn,
      addressesSecretArn: addresses.arn,
      queueName: alarms.queue.name,
      deadLetterQueueName: alarms.deadLetters.name,
    });
  }

  #notifier(bundle: Bundle, { queue }: AlarmQueue, addresses: AddressSecret): NodeFunction {
    const { name, notifications } = this.environment;
    const records = this.#records();
    const notifier = new NodeFunction(this, "Notifier", {
      service: "notifier",
      bundle,
      description: "Delivers alarms to Slack and PagerDuty",
      variables: {
        ADDRESSES_SECRET_ARN: addresses.arn,
        DIGEST_WINDOW_SECONDS: String(notifications.windowSeconds),
        ENVIRONMENT: name,
        QUEUE_URL: queue.url,
        RETRY_SECONDS: String(notifications.retrySeconds),
        TABLE_NAME: records.name,
        WEBHOOK_SCHEME: notifications.scheme,
      },
      statements: [
        readSecret("ReadAddresses", addresses.arn),
        {
          sid: "ReceiveAlarms",
          actions: [
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
            "sqs:SendMessage", // Schedules digests.
          ],
          resources: [queue.arn],
        },
        {
          sid: "ReadAlarmsOfRules",
          actions: ["cloudwatch:DescribeAlarms"],
          resources: [this.arn("cloudwatch", "alarm:*")], // The action cannot be limited to names.
        },
        {
          sid: "RecordDeliveries",
          actions: [
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem",
          ],
          resources: [records.arn],
        },
      ],
      timeout: TIMEOUT,
      memory: 256,
      network: "internet", // Functions in the VPC have no internet access.
    });
    new LambdaEventSourceMapping(this, "AlarmsToNotifier", {
      eventSourceArn: queue.arn,
      functionName: notifier.resource.arn,
      batchSize: 1, // A slow recipient delays no other message of a batch, and the timeout is that of one message.
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 2 }, // The minimum; Slack accepts one message per second.
    });
    return notifier;
  }

  /** What has been delivered. It can be lost: then a message may be sent twice. */
  #records(): DynamodbTable {
    return new DynamodbTable(this, "Records", {
      name: this.physicalName("table", "notifications"),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "subject",
      rangeKey: "entry",
      attribute: [
        { name: "subject", type: "S" },
        { name: "entry", type: "S" },
      ],
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: this.environment.dataOnDestroy === "keep",
    });
  }
}
