import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { readAuditEntries } from "./audit-entries.ts";

const eventOf = (messageType: string, lines: readonly [timestamp: number, message: string][]) => {
  const logEvents = lines.map(([timestamp, message], id) => ({ id: String(id), timestamp, message }));
  const content = { messageType, owner: "1", logGroup: "a", logStream: "b", subscriptionFilters: ["audit"], logEvents };
  return { awslogs: { data: gzipSync(JSON.stringify(content)).toString("base64") } };
};

it("returns the audit events without the rest of the log entries, in the order of their time", () => {
  const entry = (who: string) => JSON.stringify({ level: "INFO", message: "Audit", audit: { who, action: "grant" } });
  const event = eventOf("DATA_MESSAGE", [
    [2, entry("bob")],
    [1, entry("ann")],
  ]);
  expect(readAuditEntries(event)).toEqual([
    { timestamp: 1, message: '{"who":"ann","action":"grant"}' },
    { timestamp: 2, message: '{"who":"bob","action":"grant"}' },
  ]);
});

it.each(["not json", '"text"', "null", '{"audit":null}', '{"audit":"text"}', '{"message":"audit"}'])(
  "ignores the log entry %s",
  (line) => {
    expect(readAuditEntries(eventOf("DATA_MESSAGE", [[1, line]]))).toEqual([]);
  },
);

it("ignores the message with which CloudWatch Logs checks the destination", () => {
  expect(readAuditEntries(eventOf("CONTROL_MESSAGE", [[1, '{"audit":{"who":"a"}}']]))).toEqual([]);
});
