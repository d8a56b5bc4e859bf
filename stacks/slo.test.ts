import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { objectivesOf } from "./slo/objectives.ts";
import { resources, stackOf, synthesize, testEnvironments } from "./testing/synthesize.ts";

const prod = synthesize(testEnvironments.prod);
const stack = stackOf(prod, "slo");
const metricAlarms = resources(stack, "aws_cloudwatch_metric_alarm");
const composites = resources(stack, "aws_cloudwatch_composite_alarm");

const published = (environment: (typeof testEnvironments)[keyof typeof testEnvironments]) =>
  ((stackOf(synthesize(environment), "slo").output?.objectives?.value ?? []) as readonly string[]).map(
    (text) => JSON.parse(text) as { readonly id: string },
  );

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly return_data?: boolean;
  readonly metric?: { readonly metric_name: string; readonly period: number; readonly stat: string };
}

const alarm = (name: string) => {
  const found = metricAlarms.find(({ alarm_name }) => alarm_name === `nv-demo-${name}`);
  const queries = (found?.metric_query ?? []) as readonly Query[];
  return {
    threshold: found?.threshold,
    expression: queries.find(({ return_data }) => return_data)?.expression,
    metrics: queries.flatMap(({ id, metric }) =>
      metric ? [[id, metric.metric_name, metric.stat, metric.period]] : [],
    ),
  };
};

describe("the objectives", () => {
  const systems = ["files", "hello", "releases", "shout", "sum"];

  it("are an availability and a latency of each system", () => {
    const names = ["Files", "Hello", "Releases", "Shout", "Sum"];
    const ids = names.flatMap((name) => [`${name}Availability`, `${name}Latency`]);
    expect(published(testEnvironments.prod).map(({ id }) => id)).toEqual(ids);
  });

  it("are only those of the systems that the environment has", () => {
    const ids = published(testEnvironments.dev).map(({ id }) => id);
    expect(ids).toEqual(["Files", "Hello", "Releases"].flatMap((name) => [`${name}Availability`, `${name}Latency`]));
    expect(resources(stackOf(synthesize(testEnvironments.dev), "slo"), "aws_cloudwatch_metric_alarm")).toEqual([]);
  });

  it("are those in the documentation", () => {
    const page = readFileSync("docs/slo.md", "utf8");
    const rows = systems.map((system) => {
      const measured = { apiId: "a", stage: "live", loadBalancer: "b", errorsAlarm: undefined };
      const all = { files: measured, hello: measured, releases: measured, shout: measured, sum: measured };
      const [availability, latency] = objectivesOf(all).filter((objective) => objective.system === system);
      const limit = Number(/\d+/.exec(latency?.good ?? "")?.[0]).toLocaleString("en-US");
      return [system, `${availability?.target} %`, `${latency?.target} % within ${limit} ms`];
    });
    const cells = [...page.matchAll(/^\| (\w+) +\| ([\d.]+ %) +\| (\d+ % within [\d,]+ ms) +\|$/gm)];
    expect(cells.map(([, ...row]) => [row[0]?.toLowerCase(), ...row.slice(1)])).toEqual(rows);
  });
});

describe("the alarms of an objective", () => {
  it("compare the percentage of bad requests with the burn rate, in a long and a short window", () => {
    expect(alarm("files-availability-fast-long")).toEqual({
      threshold: 1.44,
      expression: "IF(requests >= 50, 100 * (FILL(errors, 0)) / requests, 0)",
      metrics: [
        ["errors", "5xx", "Sum", 3600],
        ["requests", "Count", "Sum", 3600],
      ],
    });
    expect(alarm("files-availability-fast-short")).toMatchObject({
      threshold: 1.44,
      expression: expect.stringContaining("IF(requests >= 1,"),
      metrics: [
        ["errors", "5xx", "Sum", 300],
        ["requests", "Count", "Sum", 300],
      ],
    });
    expect(alarm("sum-availability-slow-long")).toMatchObject({
      threshold: 0.6,
      expression: "IF(requests >= 50, 100 * (FILL(own, 0) + FILL(targets, 0)) / requests, 0)",
      metrics: [
        ["own", "HTTPCode_ELB_5XX_Count", "Sum", 21_600],
        ["targets", "HTTPCode_Target_5XX_Count", "Sum", 21_600],
        ["requests", "RequestCount", "Sum", 21_600],
      ],
    });
    expect(alarm("shout-latency-slow-short")).toMatchObject({
      threshold: 30,
      expression: "IF(requests >= 1, 100 - fast, 0)",
      metrics: [
        ["fast", "TargetResponseTime", "PR(:2)", 1800],
        ["requests", "RequestCount", "Sum", 1800],
      ],
    });
  });

  it("notify when both windows exceed it, unless the alarm on the cause is active", () => {
    expect(composites).toHaveLength(20);
    const fast = composites.find(({ alarm_name }) => alarm_name === "nv-demo-files-availability-fast");
    expect(fast).toMatchObject({
      alarm_rule: 'ALARM("nv-demo-files-availability-fast-long") AND ALARM("nv-demo-files-availability-fast-short")',
      actions_suppressor: { alarm: "nv-demo-api-server-errors", extension_period: 360 },
      alarm_actions: ["arn:aws:sns:us-east-1:123456789012:nv-demo-notifications"],
      alarm_description: expect.stringContaining("spent 2 % of the error budget of 30 days in 1 h"),
    });
    const slow = composites.find(({ alarm_name }) => alarm_name === "nv-demo-files-availability-slow");
    expect(slow).toMatchObject({ actions_suppressor: { extension_period: 1_860 } });
    const severities = composites.map(({ alarm_name, alarm_description }) => [
      String(alarm_name).split("-").at(-1),
      /Severity: (\w+)/.exec(String(alarm_description))?.[1],
    ]);
    expect(new Set(severities.map((pair) => pair.join(" ")))).toEqual(new Set(["fast critical", "slow warning"]));
  });

  it("can be reached: their thresholds are below 100 %", () => {
    for (const { alarm_name, threshold } of metricAlarms) expect(threshold, String(alarm_name)).toBeLessThan(100);
  });

  it("exist after the alarms that suppress them", () => {
    for (const name of ["monitoring", "hello", "shout", "sum"]) expect(prod.dependencies.slo).toContain(name);
  });
});
