import { describe, expect, it } from "vitest";
import { environment } from "../../stacks/environment/environments.ts";
import { synthesize, testEnvironments } from "../../stacks/testing/synthesize.ts";
import { type StackText, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { chargesOf, HOURS, isBilledByTime } from "./charges.ts";
import { compare } from "./comparison.ts";
import { renderMarkdown } from "./markdown.ts";
import { type Month, monthOf } from "./month.ts";
import { prices, UnknownPriceError } from "./prices.ts";
import { report } from "./report.ts";
import { renderText } from "./text.ts";
import { billedByUse, freeTypes } from "./usage.ts";
import { unmatchedUses } from "./workload.ts";

const environments = Object.entries(testEnvironments).map(
  ([name, chosen]) => [name, chosen, new SynthesizedStacks(synthesize(chosen).stacks)] as const,
);

describe.each(environments)("the stacks of %s", (_, _environment, stacks) => {
  it("use no resource type without cost data: add it to tools/cost/usage.ts or tools/cost/charges.ts", () => {
    const types = new Set(stacks.resources.map(({ type }) => type));
    const isUnknown = (type: string) => !isBilledByTime(type) && !(type in billedByUse) && !freeTypes.has(type);
    expect([...types].filter(isUnknown)).toEqual([]);
  });

  it("have the resources whose use is billed: adapt tools/cost/workload.ts", () => {
    expect(unmatchedUses(stacks)).toEqual([]);
  });

  it("have a cost", () => {
    expect(monthOf(stacks).usd).toBeGreaterThan(0);
  });
});

it.each(environments.filter(([name]) => name === "dev" || name === "prod"))(
  "an idle month of %s costs no more than its budget",
  (_, { monthlyBudget }, stacks) => {
    expect(monthOf(stacks).usd).toBeLessThanOrEqual(monthlyBudget ?? 0);
  },
);

it("has a budget of 25 dollars for dev", () => {
  expect(environment("dev", { accountId: "123456789012" }).monthlyBudget).toBe(25);
});

it("lists no billed type as free", () => {
  expect([...freeTypes].filter((type) => isBilledByTime(type) || type in billedByUse)).toEqual([]);
});

it("has the source at AWS and the date of every price", () => {
  for (const { source, date } of Object.values(prices)) {
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\/[\w/-]+\/pricing\/([\w-]+\/)?$/);
    expect(date).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
  }
});

const stacksWith = (resource: StackText["resource"]) =>
  new SynthesizedStacks({ vpc: VPC, it: { ...(resource && { resource }) } });
const VPC: StackText = {
  resource: { aws_subnet: { A: {}, B: {} } },
  output: { public_subnet_ids: { value: ["${aws_subnet.A.id}", "${aws_subnet.B.id}"] } },
};
const PUBLIC = "${data.terraform_remote_state.vpc.outputs.public_subnet_ids}";
const TEMPLATE = {
  instance_type: "t4g.micro",
  block_device_mappings: [{ ebs: { volume_type: "gp3", volume_size: 10 } }],
  monitoring: { enabled: true },
  network_interfaces: [{ associate_public_ip_address: "true" }],
};

describe("the monthly cost", () => {
  const cases: [string, NonNullable<StackText["resource"]>, number][] = [
    [
      "a multi-AZ database",
      {
        aws_db_instance: {
          It: {
            instance_class: "db.t4g.small",
            multi_az: true,
            storage_type: "gp3",
            allocated_storage: 20,
            manage_master_user_password: true,
          },
        },
      },
      0.065 * HOURS + 20 * 0.23 + 0.4,
    ],
    [
      "a cache with two nodes",
      { aws_elasticache_replication_group: { It: { node_type: "cache.t4g.micro", num_cache_clusters: 2 } } },
      18.688,
    ],
    [
      "an internet-facing load balancer with its addresses",
      { aws_lb: { It: { internal: false, subnets: PUBLIC } } },
      0.0325 * HOURS,
    ],
    ["an internal load balancer", { aws_lb: { It: { internal: true, subnets: PUBLIC } } }, 0.0225 * HOURS],
    [
      "an interface endpoint",
      { aws_vpc_endpoint: { It: { vpc_endpoint_type: "Interface", subnet_ids: PUBLIC } } },
      14.6,
    ],
    ["a gateway endpoint", { aws_vpc_endpoint: { It: { vpc_endpoint_type: "Gateway" } } }, 0],
    [
      "two instances",
      {
        aws_launch_template: { T: TEMPLATE },
        aws_autoscaling_group: { It: { desired_capacity: 2, launch_template: { id: "${aws_launch_template.T.id}" } } },
      },
      2 * ((0.0084 + 0.005) * HOURS + 10 * 0.08) + (2 * 7 - 10) * 0.3, // Ten metrics are free.
    ],
    [
      "three tasks with Container Insights",
      {
        aws_ecs_cluster: { C: { setting: [{ name: "containerInsights", value: "enabled" }] } },
        aws_ecs_task_definition: { T: { cpu: "512", memory: "1024" } },
        aws_ecs_service: {
          It: {
            desired_count: 3,
            cluster: "${aws_ecs_cluster.C.arn}",
            task_definition: "${aws_ecs_task_definition.T.arn}",
          },
        },
      },
      3 * (0.5 * 0.03238 + 0.00356) * HOURS + (8 + 11 + 6 - 10) * 0.3,
    ],
    [
      "a canary within the free tier",
      { aws_synthetics_canary: { It: { schedule: { expression: "cron(0 12 * * ? *)" } } } },
      0,
    ],
  ];

  it.each(cases)("of %s", (_, resource, usd) => {
    expect(monthOf(stacksWith(resource)).usd).toBeCloseTo(usd, 6);
  });

  it("counts only the alarms beyond the free tier", () => {
    const alarms = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`A${index}`, {}]));
    const month = monthOf(stacksWith({ aws_cloudwatch_metric_alarm: alarms }));
    expect(month.allowances).toEqual([{ price: "alarm", quantity: 10, usd: -1 }]);
    expect(month.usd).toBeCloseTo(0.2, 6);
  });

  it("of requests and data, beyond the free tier", () => {
    const api = stacksWith({});
    const frontend = new SynthesizedStacks({
      frontend: {
        resource: {
          aws_apigatewayv2_api: { It: {} },
          aws_lambda_function: { Api: { function_name: "x-api", memory_size: 1024 }, Other: { function_name: "x-ui" } },
        },
      },
    });
    expect(monthOf(api, { requests: 1e9, gigabytes: 1e6 }).usd).toBe(0);
    expect(monthOf(frontend, { requests: 0, gigabytes: 100 }).usd).toBeCloseTo(0, 6);
    const { items, usd } = monthOf(frontend, { requests: 100e6, gigabytes: 150 });
    const seconds = 100e6 * 0.0275; // The average of the assumptions.
    expect(items.map((item) => item.charges.map(({ price, quantity }) => [price, Math.round(quantity)]))).toEqual([
      [
        ["HTTP API request", 100e6],
        ["data to the internet", 150],
        ["log data", 100],
      ],
      [
        ["Lambda request", 100e6],
        ["Lambda duration on ARM", seconds],
        ["trace", 2_628_000 + 0.05 * (120e6 - 2_628_000)], // One per second and 5 % of the others.
      ],
    ]);
    const lambda = 99 * 0.2 + (seconds - 400_000) * 0.0000133334;
    expect(usd).toBeCloseTo(100 + 50 * 0.09 + 95 * 0.5 + lambda + (8.4966 - 0.1) * 5, 3);
  });

  it("throws for resources whose price is unknown", () => {
    const large = { It: { node_type: "cache.r7g.16xlarge", num_cache_clusters: 1 } };
    expect(() => monthOf(stacksWith({ aws_elasticache_replication_group: large }))).toThrow(UnknownPriceError);
    const often = stacksWith({ aws_synthetics_canary: { It: { schedule: { expression: "rate(1 minute)" } } } });
    expect(() => often.resources.flatMap((resource) => chargesOf(resource, often))).toThrow("rate(1 minute)");
  });
});

describe("a comparison", () => {
  const month = (resource: NonNullable<StackText["resource"]>): Month => monthOf(stacksWith(resource));
  const before = month({ aws_kms_key: { Same: {}, Removed: {} } });
  const stacks = stacksWith({ aws_kms_key: { Same: {} }, aws_nat_gateway: { New: {} } });
  const comparison = compare(before, monthOf(stacks));

  it("contains added, removed and changed costs", () => {
    expect(comparison).toEqual({
      before: 2,
      after: 33.85,
      stacks: [{ name: "it", before: 2, after: 33.85 }],
      types: [
        { name: "it aws_kms_key", before: 2, after: 1 },
        { name: "it aws_nat_gateway", before: undefined, after: 32.85 },
      ],
    });
  });

  it("is rendered as a comment with the total first and a warning when over budget", () => {
    const comment = renderMarkdown(report("dev", 25, stacks, { since: { ref: "main", comparison } }));
    expect(comment.split("\n").slice(0, 9)).toEqual([
      "**Cost of dev: +$31.85 a month**, $2.00 → $33.85 of a budget of $25.00",
      "",
      "> [!WARNING]",
      "> This is over the budget of dev.",
      "",
      "| stack | resources | before | after |",
      "| --- | --- | --: | --: |",
      "| it | `aws_kms_key` | $2.00 | $1.00 |",
      "| it | `aws_nat_gateway` | new | $32.85 |",
    ]);
    const same = renderMarkdown(
      report("dev", 40, stacks, { since: { ref: "main", comparison: compare(monthOf(stacks), monthOf(stacks)) } }),
    );
    expect(same).toMatch(/^\*\*Cost of dev: no change\*\*, \$33\.85 a month of a budget of \$40\.00\n\n<details>/);
  });

  it("is rendered as text with the charges of each resource", () => {
    const text = renderText(
      report("dev", 25, stacks, { since: { ref: "main", comparison }, leftOut: { cache: 9.344 } }),
    );
    expect(text).toMatch(/^dev: \$33\.85 a month when idle, OVER the budget of \$25\.00\n/);
    expect(text).toMatch(/aws_nat_gateway +730 h NAT gateway +\$32\.85/);
    expect(text).toMatch(/it aws_kms_key +\$2\.00 +\$1\.00 +−\$1\.00/);
    expect(text).toMatch(/cache +\+\$9\.34/);
    const used = renderText(report("dev", 25, stacks, { workload: { requests: 1e6, gigabytes: 2 } }));
    expect(used).toContain("a month with 1,000,000 requests to Files and 2 GB, stored and downloaded once, OVER");
    expect(used).toContain("30 % lists, 60 % downloads, 10 % uploads");
    expect(text).toContain("aws_nat_gateway  data");
  });
});
