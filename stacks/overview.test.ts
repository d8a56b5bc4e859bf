import { describe, expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, synthesize } from "./testing/synthesize.ts";

interface Widget {
  readonly properties: {
    readonly title?: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

const complete = synthesize(environment("local"));
const reduced = synthesize(environment("local", { parts: ["hello"] }));

function widgetsOf(synthesized: typeof complete): readonly Widget[] {
  const { dashboard_body } = resource(stackOf(synthesized, "overview"), "aws_cloudwatch_dashboard");
  return (JSON.parse(String(dashboard_body)) as { widgets: Widget[] }).widgets;
}

/** The labels of the lines of a graph. */
function linesOf(synthesized: typeof complete, title: string): unknown[] {
  const { metrics = [] } =
    widgetsOf(synthesized).find(({ properties }) => properties.title === title)?.properties ?? {};
  const options = metrics.map((entry) => entry.at(-1) as { label: string; visible?: boolean });
  return options.filter(({ visible }) => visible !== false).map(({ label }) => label);
}

describe("the overview", () => {
  it("has a line for each system", () => {
    for (const title of ["Requests", "Latency: p50", "Latency: p95", "Latency: p99"]) {
      expect(linesOf(complete, title), title).toEqual(["Files", "Hello", "Releases", "Shout", "Sum"]);
      expect(linesOf(reduced, title), title).toEqual(["Files", "Hello"]);
    }
    expect(linesOf(complete, "Server errors (5xx)")).toEqual([
      ...["Files", "Hello", "Releases", "Shout", "Sum"],
      ...["Shout: load balancer", "Sum: load balancer"],
    ]);
  });

  it("shows the cache where there is one", () => {
    expect(linesOf(complete, "Cache hit rate")).toEqual(["Valkey"]);
    expect(linesOf(reduced, "Cache hit rate")).toEqual([]);
    expect(linesOf(reduced, "CPU")).toEqual(["PostgreSQL"]);
  });

  it("has the states of the alarms of all systems", () => {
    const arns = widgetsOf(complete).flatMap(({ properties }) => properties.alarms ?? []);
    const names = new Set(arns.map((arn) => arn.split(":alarm:")[1]));
    const systems = ["monitoring", "hello", "releases", "shout", "sum", "notifications"];
    for (const system of systems) {
      const stack = stackOf(complete, system);
      const alarms = ["metric", "composite"].flatMap((kind) => resources(stack, `aws_cloudwatch_${kind}_alarm`));
      const notifying = alarms.filter(({ alarm_actions }) => alarm_actions !== undefined);
      expect(notifying.length, system).toBeGreaterThan(0);
      for (const { alarm_name } of notifying) expect(names).toContain(alarm_name);
    }
  });

  it("shows the cost of the account, which is published in us-east-1", () => {
    const cost = widgetsOf(complete).find(({ properties }) => properties.title === "Cost of this month");
    expect(cost?.properties).toMatchObject({
      view: "singleValue",
      metrics: [["AWS/Billing", "EstimatedCharges", "Currency", "USD", { region: "us-east-1", stat: "Maximum" }]],
    });
  });

  it("is missing in an environment without it", () => {
    const without = synthesize({ ...environment("local"), dashboards: ["files"] });
    expect(Object.keys(without.stacks)).not.toContain("overview");
    const names = Object.values(without.stacks).flatMap((stack) => resources(stack, "aws_cloudwatch_dashboard"));
    expect(names.map(({ dashboard_name }) => dashboard_name)).toEqual(["nv-demo-files"]);
  });
});
