import { expect, it } from "vitest";
import { FunctionAuditLog } from "./audit-log.ts";

it("writes an event as the member audit of a log entry", async () => {
  const entries: unknown[][] = [];
  const audit = new FunctionAuditLog({ info: (...entry) => void entries.push(entry) });
  const event = { who: "ada", action: "upload-file", target: "a/b", from: "10.0.0.1", outcome: "succeeded" } as const;
  await audit.record(event);
  expect(entries).toEqual([["Audit", { audit: event }]]);
});
