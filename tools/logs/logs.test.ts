import { DescribeLogGroupsCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, it } from "vitest";
import { checkDuration, parseDuration } from "../command-line/duration.ts";
import { eventsSince, followEvents, newestEvents } from "./log-events.ts";
import { findLogGroup, listLogGroups, logGroupExists } from "./log-groups.ts";

const MINUTE = 60_000;
const NOW = 1_000_000 * MINUTE;
const QUERY = { group: "/aws/lambda/nv-demo-api", filter: undefined };

/** CloudWatch Logs with two events per page. */
class FakeLogs {
  readonly requests: object[] = [];
  readonly events: { eventId: string; timestamp: number; message: string; logStreamName: string }[] = [];
  groups: string[] = [];

  add(eventId: string, timestamp: number): void {
    this.events.push({ eventId, timestamp, message: `${eventId}\n`, logStreamName: "stream" });
  }

  // The overloads of a client are not worth repeating here.
  send = (async (command: unknown) => {
    if (command instanceof DescribeLogGroupsCommand) {
      const from = Number(command.input.nextToken ?? 0);
      const logGroups = this.groups.slice(from, from + 2).map((logGroupName) => ({ logGroupName }));
      return { logGroups, nextToken: this.#token(from, this.groups.length) };
    }
    if (!(command instanceof FilterLogEventsCommand)) throw new TypeError("unexpected command");
    this.requests.push(command.input);
    const { startTime = 0, nextToken } = command.input;
    const found = this.events.filter(({ timestamp }) => timestamp >= startTime);
    const from = Number(nextToken ?? 0);
    return { events: found.slice(from, from + 2), nextToken: this.#token(from, found.length) };
  }) as never;

  #token(from: number, length: number): string | undefined {
    return from + 2 < length ? String(from + 2) : undefined;
  }
}

const ids = (events: readonly { id: string }[]) => events.map(({ id }) => id);

describe("log groups", () => {
  const GROUPS = ["/aws/lambda/nv-demo-api", "/aws/lambda/nv-demo-post", "/nv-demo/sum"];

  it("lists those of the environment on all pages, sorted", async () => {
    const logs = new FakeLogs();
    logs.groups = ["/nv-demo/sum", "/aws/lambda/nv-demo-api", "/aws/lambda/xnv-demo-api", "/aws/lambda/nv-demo-post"];
    expect(await listLogGroups(logs, "nv-demo")).toEqual(GROUPS);
  });

  it.each(["api", "nv-demo-api", "/aws/lambda/nv-demo-api"])("finds a group by %s", (name) => {
    expect(findLogGroup(GROUPS, "nv-demo", name)).toBe("/aws/lambda/nv-demo-api");
  });

  it("finds a group without a prefix by its full name", async () => {
    const logs = new FakeLogs();
    logs.groups = ["/ecs/display-service"];
    expect(await logGroupExists(logs, "/ecs/display-service")).toBe(true);
    expect(await logGroupExists(logs, "/ecs/display")).toBe(false);
  });

  it("suggests a name, or lists them all", () => {
    expect(() => findLogGroup(GROUPS, "nv-demo", "apu")).toThrow(
      'no function, log group or saved query "apu". Did you mean "api"?',
    );
    expect(() => findLogGroup(GROUPS, "nv-demo", "zzzzzz")).toThrow("There are api, post, /nv-demo/sum.");
  });
});

describe("events", () => {
  it("are read on all pages, in the order of time, without a line break at the end", async () => {
    const logs = new FakeLogs();
    for (const [id, minutes] of [
      ["c", 1],
      ["a", 3],
      ["b", 2],
      ["old", 9],
    ] as const)
      logs.add(id, NOW - minutes * MINUTE);
    const events = await eventsSince(logs, { ...QUERY, filter: "ERROR" }, NOW - 5 * MINUTE);
    expect(ids(events)).toEqual(["a", "b", "c"]);
    expect(events[0]).toMatchObject({ message: "a", stream: "stream" });
    expect(logs.requests[0]).toMatchObject({ logGroupName: QUERY.group, filterPattern: "ERROR" });
  });

  it("are searched in longer and longer times until there are enough", async () => {
    const logs = new FakeLogs();
    for (const [id, minutes] of [
      ["a", 5_000],
      ["b", 50],
      ["c", 5],
    ] as const)
      logs.add(id, NOW - minutes * MINUTE);
    expect(ids(await newestEvents(logs, QUERY, 1, NOW))).toEqual(["c"]);
    expect(logs.requests).toHaveLength(1);
    expect(ids(await newestEvents(logs, QUERY, 2, NOW))).toEqual(["b", "c"]);
    expect(ids(await newestEvents(logs, QUERY, 50, NOW))).toEqual(["a", "b", "c"]);
  });

  it("are followed: each new one once, also a late one, but none that was left out before", async () => {
    const logs = new FakeLogs();
    logs.add("left out", NOW - 2_000);
    logs.add("printed", NOW - 1_000);
    const printed = (await eventsSince(logs, QUERY, 0)).slice(-1);
    const arrivals = [() => logs.add("new", NOW + 1_000), () => logs.add("late", NOW - 500), () => {}];
    const wait = async () => {
      const next = arrivals.shift();
      next?.();
      return next !== undefined;
    };
    const followed: string[] = [];
    for await (const { id } of followEvents(logs, QUERY, { printed, now: () => NOW, wait })) followed.push(id);
    expect(followed).toEqual(["new", "late"]);
  });
});

it.each([
  ["90s", 90_000],
  ["10m", 600_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
])("parses the duration %s", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
  expect(checkDuration(text)).toBeUndefined();
});

it.each(["", "10", "m", "0m", "1w", "-1m", "1.5h"])("rejects the duration %j", (text) => {
  expect(checkDuration(text)).toBe(`"${text}" is not a duration: write a number and s, m, h or d, such as 10m.`);
});
