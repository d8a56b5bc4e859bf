import { isPublished } from "@nv-demo/local-aws/testing";
import { describe, expect, it } from "vitest";
import { awsMetrics } from "./constructs/dashboard/aws-metrics.ts";
import { resources, type Synthesized, synthesize, testEnvironments } from "./testing/synthesize.ts";

interface DashboardWidget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number }[] };
  };
}

interface DashboardMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const MAXIMUM = { widgets: 500, metricsOfWidget: 500, metricsOfDashboard: 2_500 };
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const MAXIMUM_ALARMS = 100;
/** Three dashboards of an account with so many metrics are free: https://aws.amazon.com/cloudwatch/pricing/ */
const FREE = { dashboards: 3, metrics: 50 };

/** Metrics that the local AWS does not publish, with the reason. */
const NOT_LOCAL: Readonly<Record<string, string>> = {
  "AWS/Billing EstimatedCharges": "The local AWS costs nothing.",
  "AWS/ElastiCache DatabaseMemoryUsagePercentage": "The memory of the local cache is not limited.",
};

function dashboards({ stacks }: Synthesized): Map<string, readonly DashboardWidget[]> {
  const all = Object.values(stacks).flatMap((stack) => resources(stack, "aws_cloudwatch_dashboard"));
  return new Map(
    all.map((one) => {
      const { widgets } = JSON.parse(String(one.dashboard_body)) as { widgets: DashboardWidget[] };
      return [String(one.dashboard_name), widgets];
    }),
  );
}

/** The metrics of a widget without its computed lines. */
function metricsOf({ properties: { metrics = [] } }: DashboardWidget): DashboardMetric[] {
  return metrics
    .filter((entry) => typeof entry[0] === "string")
    .map(([namespace, name, ...rest]) => {
      const pairs = rest.slice(0, -1) as string[];
      const names = pairs.filter((_, index) => index % 2 === 0);
      return {
        namespace: String(namespace),
        name: String(name),
        dimensions: Object.fromEntries(names.map((dimension, index) => [dimension, pairs[2 * index + 1] ?? ""])),
      };
    });
}

const isOverlap = (one: DashboardWidget, other: DashboardWidget): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const everyEnvironment = Object.entries(testEnvironments).map(
  ([name, environment]) => [name, dashboards(synthesize(environment))] as const,
);
const local = new Map(everyEnvironment).get("local") ?? new Map();
const localMetrics = [...local.values()].flat().flatMap(metricsOf);

describe("the dashboards", () => {
  it("exist for every system and for all systems together", () => {
    const names = ["files", "hello", "overview", "releases", "shout", "sum"].map((name) => `nv-demo-${name}`);
    expect([...local.keys()].toSorted()).toEqual(names);
  });

  it("of dev are three, with so few metrics that they are free", () => {
    const dev = new Map(everyEnvironment).get("dev") ?? new Map<string, DashboardWidget[]>();
    expect(dev.size).toBe(FREE.dashboards);
    for (const [name, widgets] of dev) {
      const distinct = new Set(widgets.flatMap(metricsOf).map((one) => JSON.stringify(one)));
      expect(distinct.size, name).toBeLessThanOrEqual(FREE.metrics);
    }
  });

  it("name no metric that the local AWS does not publish, except with a reason", () => {
    const missing = localMetrics
      .filter(({ namespace, name }) => !isPublished(namespace, name))
      .map(({ namespace, name }) => `${namespace} ${name}`);
    expect([...new Set(missing)].toSorted()).toEqual(Object.keys(NOT_LOCAL));
  });

  it.each([
    "AWS/ApiGateway Count",
    "AWS/ApiGateway Latency",
    "AWS/ApplicationELB TargetResponseTime",
    "AWS/Billing EstimatedCharges",
    "AWS/Lambda ConcurrentExecutions",
    "AWS/Lambda Throttles",
    "AWS/RDS CPUUtilization",
    "AWS/RDS DatabaseConnections",
    "AWS/ElastiCache CacheHits",
    "AWS/ElastiCache DatabaseMemoryUsagePercentage",
    "AWS/ECS MemoryUtilization",
    "AWS/EC2 CPUUtilization",
    "AWS/SQS ApproximateAgeOfOldestMessage",
  ])("show %s", (metric) => {
    expect(localMetrics.map(({ namespace, name }) => `${namespace} ${name}`)).toContain(metric);
  });

  it("have lines at the thresholds of alarms", () => {
    const values = (dashboard: string) =>
      (local.get(dashboard) ?? []).flatMap(({ properties }: DashboardWidget) =>
        (properties.annotations?.horizontal ?? []).map(({ value }) => value),
      );
    expect(values("nv-demo-files")).toEqual(expect.arrayContaining([3000, 80, 90, 600, 1800]));
    expect(values("nv-demo-releases")).toContain(0);
  });

  it("link to the runbooks where the environment has a repository", () => {
    const [introduction] = new Map(everyEnvironment).get("prod with a domain")?.get("nv-demo-hello") ?? [];
    expect(introduction?.properties.markdown).toContain(
      "[hello.md](https://github.com/Octo-Example/nv-demo/blob/main/docs/runbooks/hello.md)",
    );
  });
});

describe.each(everyEnvironment)("the dashboards of %s", (_, all) => {
  it.each([...all])("%s: has widgets within the grid that do not overlap", (__, widgets) => {
    for (const [index, widget] of widgets.entries()) {
      expect(widget.x + widget.width).toBeLessThanOrEqual(24);
      expect(widgets.slice(index + 1).filter((other) => isOverlap(widget, other))).toEqual([]);
    }
  });

  it.each([...all])("%s: stays within the limits of CloudWatch", (__, widgets) => {
    const counts = widgets.map(({ properties: { metrics = [] } }) => metrics.length);
    expect(widgets.length).toBeLessThanOrEqual(MAXIMUM.widgets);
    expect(Math.max(...counts)).toBeLessThanOrEqual(MAXIMUM.metricsOfWidget);
    expect(counts.reduce((total, count) => total + count, 0)).toBeLessThanOrEqual(MAXIMUM.metricsOfDashboard);
    for (const { properties } of widgets) {
      expect(properties.alarms?.length ?? 1).toBeGreaterThan(0);
      expect(properties.alarms?.length ?? 1).toBeLessThanOrEqual(MAXIMUM_ALARMS);
    }
  });

  it.each([...all])("%s: names metrics that AWS publishes, with their dimensions", (__, widgets) => {
    for (const { namespace, name, dimensions } of widgets.flatMap(metricsOf)) {
      const known = Object.entries(awsMetrics).find(([candidate]) => candidate === namespace)?.[1];
      expect(known?.names, `${namespace} ${name}`).toContain(name);
      expect(known?.dimensions).toContainEqual(Object.keys(dimensions));
      for (const value of Object.values(dimensions)) expect(value).not.toBe("");
    }
  });
});
