import { type AlarmDefinition, MINUTE } from "../constructs/alarm-definition.ts";
import { functionAlarmDefinitions } from "../constructs/function-alarms.ts";

/** The resources of the notifier that have alarms, by the names that CloudWatch uses. */
export interface MonitoredNotifier {
  readonly functionName: string;
  readonly deadLetterQueue: string;
}

/**
 * The alarms of the notifier itself. They are delivered like all others: by email, and by the notifier to the
 * recipients that still work.
 */
export function notifierAlarmDefinitions({ functionName, deadLetterQueue }: MonitoredNotifier): AlarmDefinition[] {
  return [
    ...functionAlarmDefinitions("Notifier", functionName),
    {
      id: "NotificationsDead",
      description: "An alarm could not be delivered to Slack or PagerDuty and is in the dead-letter queue",
      runbook: "notifications.md#dead-letters",
      severity: "critical",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetterQueue },
      statistic: "Maximum",
      comparison: "above",
      threshold: 0,
      period: 5 * MINUTE,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    },
  ];
}
