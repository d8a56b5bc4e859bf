import { SNS } from "@aws-sdk/client-sns";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ServedDashboard } from "./testing/served-dashboard.ts";
import type { LogEventView, LogsView, NotificationView, OverviewView } from "./views.ts";

let served: ServedDashboard;
let streams: AbortController;

beforeEach(async () => {
  served = await ServedDashboard.start();
  streams = new AbortController();
});
afterEach(async () => {
  streams.abort();
  await served.stop();
});

interface LiveEvent {
  readonly name: string;
  readonly data: unknown;
}

/** The server-sent events of a page. */
async function* live(page: string): AsyncGenerator<LiveEvent> {
  const response = await fetch(`http://127.0.0.1:${served.port}/dashboard/api/${page}`, {
    headers: { authorization: `Bearer ${served.token}`, accept: "text/event-stream" },
    signal: streams.signal,
  });
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString("utf8");
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const [, name = "", data = ""] = /^event: (\w+)\ndata: (.*)$/s.exec(text.slice(0, end)) ?? [];
      yield { name, data: JSON.parse(data) };
      text = text.slice(end + 2);
    }
  }
}

async function next(events: AsyncGenerator<LiveEvent>): Promise<LiveEvent> {
  return (await events.next()).value as LiveEvent;
}

const logs = () => served.services.contents.logs;

function write(group: string, message: string): void {
  logs().ensureGroup(group);
  logs().ensureStream(group, "stream");
  logs().append(group, "stream", [{ timestamp: Date.now(), message }]);
}

it("sends the log events that exist, and then each new one that matches", async () => {
  write("/app", "before");
  const events = live("logs?group=%2Fapp&q=e");
  const view = await next(events);
  expect(view.name).toBe("view");
  expect((view.data as LogsView).events.map(({ message }) => message)).toEqual(["before"]);
  write("/other", "elsewhere");
  write("/app", "no");
  write("/app", "later");
  const items = await next(events);
  expect(items.name).toBe("items");
  expect((items.data as LogEventView[]).map(({ message }) => message)).toEqual(["later"]);
});

it("sends a notification when it is published", async () => {
  const topic = await served.resources.apply("aws_sns_topic", { name: "alarms" });
  await served.resources.apply("aws_sns_topic_subscription", {
    topic_arn: topic.arn,
    protocol: "email",
    endpoint: "team@example.com",
  });
  const events = live("notifications");
  expect(await next(events)).toMatchObject({ name: "view", data: { topics: ["alarms"], notifications: [] } });
  const sns = new SNS(await served.client("sns"));
  await sns.publish({ TopicArn: String(topic.arn), Message: "disk full", Subject: "Alarm" });
  sns.destroy();
  const { data } = await next(events);
  expect(data as NotificationView[]).toMatchObject([
    {
      topic: "alarms",
      subject: "Alarm",
      message: "disk full",
      deliveries: [{ protocol: "email", endpoint: "team@example.com", outcome: "unconfirmed" }],
    },
  ]);
});

it("reads a page again and sends it when it has changed", async () => {
  const events = live("overview");
  expect(((await next(events)).data as OverviewView).resources).toBe(0);
  await served.resources.apply("aws_sns_topic", { name: "alarms" });
  expect(((await next(events)).data as OverviewView).resources).toBe(1);
});

it("reports a problem with the query", async () => {
  expect(await next(live("queues?queue=nothing"))).toMatchObject({ name: "problem" });
  const { name, data } = await next(live(`logs?q=${encodeURIComponent("{ nonsense }")}`));
  expect([name, (data as { message: string }).message]).toEqual([
    "problem",
    expect.stringContaining("The filter pattern is invalid"),
  ]);
});

it("masks secrets in what is added", async () => {
  await served.resources.apply("aws_secretsmanager_secret", { name: "client" });
  const secret = served.resources.records.ofType("aws_secretsmanager_secret")[0];
  await served.resources.apply("aws_secretsmanager_secret_version", {
    secret_id: secret?.attributes.id,
    secret_string: "correct-horse-battery",
  });
  const events = live("logs");
  await next(events);
  write("/app", "signed in with correct-horse-battery");
  expect((await next(events)).data).toMatchObject([{ message: "signed in with ••••••••" }]);
});
