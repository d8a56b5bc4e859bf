import { expect, it } from "vitest";
import { AwsError } from "../aws/aws-error.ts";
import { CloudWatchAuditLog, type LogWriter } from "./cloudwatch-audit-log.ts";

const event = { who: "ann", action: "grant", target: "bob", from: "command", outcome: "succeeded" } as const;
const errorOf = (code: string) =>
  new AwsError("CloudWatch Logs", { status: 400, code, message: "", requestId: undefined, details: {} });

/** A log group that has no stream at first. */
class FakeLogs implements LogWriter {
  readonly batches: number[] = [];
  messages: (string | undefined)[] = [];
  streamExists = false;
  /** Another process creates the stream between the calls. */
  race = false;

  call: LogWriter["call"] = async (action, input) => {
    if (action === "CreateLogStream") {
      this.streamExists = true;
      if (this.race) throw errorOf("ResourceAlreadyExistsException");
    } else if ("logEvents" in input) {
      if (!this.streamExists) throw errorOf("ResourceNotFoundException");
      const { logEvents = [] } = input;
      this.batches.push(logEvents.length);
      this.messages.push(...logEvents.map(({ message }) => message));
    }
    return {} as never;
  };
}

const open = (logs: FakeLogs) => new CloudWatchAuditLog(logs, "/nv-demo/audit", "commands", { now: () => 1 });

it.each([false, true])("creates its log stream at the first event, race: %s", async (race) => {
  const logs = new FakeLogs();
  logs.race = race;
  const audit = open(logs);
  await audit.record(event);
  await audit.record(event);
  expect(logs.messages.map((message) => JSON.parse(message ?? ""))).toEqual([event, event]);
});

it("writes many entries in batches within the limits of CloudWatch Logs, in order", async () => {
  const logs = new FakeLogs();
  await open(logs).write(Array.from({ length: 700 }, (_, index) => ({ timestamp: index, message: String(index) })));
  expect(logs.batches).toEqual([300, 300, 100]);
  expect(logs.messages).toEqual(Array.from({ length: 700 }, (_, index) => String(index)));
});

it("reports an error of CloudWatch Logs", async () => {
  const logs = { call: () => Promise.reject(new Error("denied")) };
  await expect(new CloudWatchAuditLog(logs, "a", "b", { now: () => 1 }).record(event)).rejects.toThrow("denied");
});
