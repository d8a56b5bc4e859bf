import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { clientSettings } from "./client-settings.ts";
import type { Target } from "./target.ts";

export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly unknown[];
}

export interface PagerDutyAlert {
  readonly dedupKey: string;
  readonly status: string;
  readonly summary: string;
  readonly triggers: number;
  readonly links: readonly { readonly href: string; readonly text?: string }[];
}

export interface Received {
  readonly slack: readonly SlackMessage[];
  readonly pagerDuty: readonly PagerDutyAlert[];
}

/** The alarms of a local deployment, and what the emulated Slack and PagerDuty have received. */
export class Alarms {
  readonly #target: Target;
  readonly #client: CloudWatchClient;
  readonly #table: DynamoDBClient;
  readonly #started = new Set<string>();

  constructor(target: Target) {
    this.#target = target;
    this.#client = new CloudWatchClient(clientSettings(target.awsVariables));
    this.#table = new DynamoDBClient(clientSettings(target.awsVariables));
  }

  /**
   * Names of the alarms on metrics of requests that notify at once: without a request, only tests change their states.
   */
  async onRequests(): Promise<readonly string[]> {
    const { MetricAlarms = [] } = await this.#client.send(new DescribeAlarmsCommand({ MaxRecords: 100 }));
    return MetricAlarms.filter(
      ({ Namespace = "", MetricName, AlarmActions = [] }) =>
        AlarmActions.length > 0 &&
        ["AWS/ApiGateway", "AWS/ApplicationELB", "AWS/CloudFront"].includes(Namespace) &&
        MetricName !== "HealthyHostCount",
    ).map(({ AlarmName = "" }) => AlarmName);
  }

  /**
   * Milliseconds since the last window in which the notifier counted messages began. Its eleventh message and the
   * following ones are collected for a digest 25 s after the beginning, so tests begin when that is over.
   */
  async sinceLastWindow(): Promise<number> {
    const TableName = `${this.#target.prefix}-notifications`;
    const Key = { subject: { S: "window" }, entry: { S: "current" } };
    const { Item } = await this.#table.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Date.now() - Number(Item?.startedAt?.N ?? 0);
  }

  async stateOf(name: string): Promise<string | undefined> {
    const AlarmTypes = ["CompositeAlarm" as const, "MetricAlarm" as const];
    const command = new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes });
    const { CompositeAlarms = [], MetricAlarms = [] } = await this.#client.send(command);
    return [...CompositeAlarms, ...MetricAlarms][0]?.StateValue;
  }

  async start(name: string): Promise<void> {
    this.#started.add(name);
    await this.#set(name, "ALARM");
  }

  async end(name: string): Promise<void> {
    await this.#set(name, "OK");
    this.#started.delete(name);
  }

  /** Ends the alarms that a test has not ended. Call after each test. */
  async endAll(): Promise<void> {
    for (const name of this.#started) await this.end(name);
  }

  async received(): Promise<Received> {
    const response = await fetch(`${this.#target.notificationsUrl}/messages`);
    return (await response.json()) as Received;
  }

  /** The messages about an alarm in Slack, as text, newest first. */
  async slackMessages(name: string): Promise<readonly string[]> {
    const { slack } = await this.received();
    const texts = slack.map((message) => JSON.stringify(message));
    return texts.filter((text) => text.includes(`: ${name}"`) || text.includes(`*${name}*`));
  }

  async alert(name: string): Promise<PagerDutyAlert | undefined> {
    const { pagerDuty } = await this.received();
    return pagerDuty.find(({ dedupKey }) => dedupKey.endsWith(`:alarm:${name}`));
  }

  close(): void {
    this.#client.destroy();
    this.#table.destroy();
  }

  async #set(AlarmName: string, StateValue: "ALARM" | "OK"): Promise<void> {
    await this.#client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "Acceptance test" }));
  }
}
