import { describe, expect, it } from "vitest";
import type { AlarmState } from "./alarm.ts";
import { alarmsInRule, evaluateRule } from "./alarm-rule.ts";

const states: Readonly<Record<string, AlarmState>> = {
  "nv-demo-errors": "ALARM",
  slow: "OK",
  "with spaces": "INSUFFICIENT_DATA",
};
const holds = (rule: string): boolean => evaluateRule(rule, (name) => states[name]);

describe("the rule of a composite alarm", () => {
  it.each([
    ["ALARM(nv-demo-errors)", true],
    ['ALARM("nv-demo-errors") AND OK(slow)', true],
    ["ALARM('nv-demo-errors') AND NOT OK(slow)", false],
    ["ALARM(slow) OR INSUFFICIENT_DATA(with spaces)", true],
    ["ALARM(slow) OR ALARM(slow) AND TRUE", false],
    ["NOT (ALARM(slow) OR FALSE)", true],
    ["ALARM(arn:aws:cloudwatch:us-east-1:000000000000:alarm:nv-demo-errors)", true],
    ["OK(unknown) OR ALARM(unknown)", false],
    ["true and not false", true],
  ])("%s: %s", (rule, expected) => {
    expect(holds(rule)).toBe(expected);
  });

  it.each(["ALARM(", "errors", "ALARM(slow) + OK(slow)", "FAILED(slow)", "ALARM(slow) AND 1"])("rejects %s", (rule) => {
    expect(() => holds(rule)).toThrow(/rule|Expected|Unclosed/);
  });

  it("names each of its alarms once", () => {
    expect(alarmsInRule("ALARM(a-b) AND (OK(c) OR NOT ALARM(a-b)) OR FALSE")).toEqual(["a-b", "c"]);
  });
});
