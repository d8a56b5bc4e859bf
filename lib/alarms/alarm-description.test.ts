import fc from "fast-check";
import { expect, it } from "vitest";
import { formatAlarmDescription, parseAlarmDescription, severities } from "./alarm-description.ts";

const words = fc.stringMatching(/^[a-z]{1,10}( [a-z0-9%]{1,10}){0,9}$/);

it("reads what it has written", () => {
  const descriptions = fc.record({
    text: words,
    severity: fc.constantFrom(...severities),
    runbook: fc.option(fc.stringMatching(/^https:\/\/[a-z]{1,9}\.example\/[a-z]{1,9}#[a-z]{1,9}$/), { nil: undefined }),
  });
  fc.assert(
    fc.property(descriptions, (description) => {
      expect(parseAlarmDescription(formatAlarmDescription(description))).toEqual(description);
    }),
  );
});

it.each([
  ["", "", "critical"],
  ["Disk full", "Disk full", "critical"],
  ["Disk full\r\nSeverity: warning\r\n", "Disk full", "warning"],
  ["Severity: unknown\nDisk\nfull", "Disk full", "critical"],
])("reads the description of an alarm that was created by hand: %j", (description, text, severity) => {
  expect(parseAlarmDescription(description)).toEqual({ text, severity, runbook: undefined });
});

it("rejects a description that CloudWatch would reject", () => {
  const description = { text: "x".repeat(1024), severity: "warning", runbook: undefined } as const;
  expect(() => formatAlarmDescription(description)).toThrow("1042 characters");
});
