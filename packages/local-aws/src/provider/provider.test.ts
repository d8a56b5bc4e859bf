import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Ec2 } from "../aws/ec2/ec2.ts";
import { InstanceProfiles } from "../aws/iam/instance-profiles.ts";
import { iamTerraform } from "../aws/iam/terraform/index.ts";
import { route53Terraform } from "../aws/route53/terraform/index.ts";
import { AwsError } from "../runtime/error.ts";
import type { Attributes, ResourceHandler } from "./resource-handler.ts";
import { TerraformWorkspace } from "./testing/terraform.ts";

const NETWORK = {
  provider: { aws: { region: "us-east-1", default_tags: [{ tags: { project: "nv-demo" } }] } },
  resource: {
    aws_vpc: { main: { cidr_block: "10.23.0.0/16", tags: { Name: "main" } } },
    aws_subnet: { a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.23.0.0/24" } },
    aws_security_group: {
      web: {
        name: "web",
        vpc_id: "${aws_vpc.main.id}",
        ingress: [
          {
            description: "",
            from_port: 443,
            to_port: 443,
            protocol: "tcp",
            cidr_blocks: ["10.23.0.0/16"],
            ipv6_cidr_blocks: [],
            prefix_list_ids: [],
            security_groups: [],
            self: false,
          },
        ],
      },
    },
    aws_iam_role: { worker: { name: "worker", assume_role_policy: "{}" } },
    aws_route53_zone: { own: { name: "example.com" } },
    aws_flow_log: {
      all: { vpc_id: "${aws_vpc.main.id}", log_destination: "arn:aws:s3:::logs", log_destination_type: "s3" },
    },
    aws_route53_record: {
      www: { zone_id: "Z1", name: "www.example.com", type: "A", ttl: 60, records: ["10.0.0.1", "10.0.0.2"] },
    },
    aws_cloudwatch_metric_alarm: {
      errors: {
        alarm_name: "errors",
        comparison_operator: "GreaterThanThreshold",
        evaluation_periods: 1,
        metric_name: "Errors",
        namespace: "AWS/Lambda",
        period: 60,
        statistic: "Sum",
        threshold: 0,
      },
    },
  },
  output: { subnet: { value: "${aws_subnet.a.id}" } },
};

let workspace: TerraformWorkspace;

async function start(handlers: ResourceHandler[] = []): Promise<void> {
  workspace = new TerraformWorkspace({
    resources: [
      ...handlers,
      ...(new Ec2().terraform.resources ?? []),
      ...(iamTerraform(new InstanceProfiles()).resources ?? []),
      ...(route53Terraform.resources ?? []),
    ],
  });
  await workspace.start();
}

afterEach(() => workspace.stop());

describe("types without a handler", () => {
  beforeEach(() => start());

  it("apply, plan no changes, and destroy", async () => {
    await workspace.apply(NETWORK);
    const vpc = workspace.attributes("aws_vpc.main");
    expect(vpc.id).toMatch(/^vpc-[0-9a-f]{17}$/);
    expect(vpc.arn).toBe(`arn:aws:ec2:us-east-1:000000000000:vpc/${vpc.id}`);
    expect(vpc).toMatchObject({ enable_dns_support: true, instance_tenancy: "default" });
    expect(vpc.tags_all).toEqual({ project: "nv-demo", Name: "main" });
    expect(workspace.attributes("aws_subnet.a").vpc_id).toBe(vpc.id);
    const zone = workspace.attributes("aws_route53_zone.own");
    expect(zone.zone_id).toMatch(/^Z[0-9A-F]{20}$/);
    expect(zone.zone_id).toBe(zone.id);
    expect(workspace.attributes("aws_flow_log.all").log_format).toMatch(/^\$\{version\} \$\{account-id\} /);
    expect(workspace.attributes("aws_iam_role.worker").unique_id).toMatch(/^AROA[0-9A-F]{16}$/);
    expect(workspace.attributes("aws_iam_role.worker")).toMatchObject({
      arn: "arn:aws:iam::000000000000:role/worker",
      max_session_duration: 3600,
      path: "/",
    });

    const again = await workspace.plan();
    expect(again.code, again.output).toBe(0);

    const destroyed = await workspace.run("destroy", "-auto-approve", "-no-color");
    expect(destroyed.output).toContain("8 destroyed");
    expect(workspace.records.all()).toEqual([]);
  });

  it("are updated in place or replaced as on AWS", async () => {
    await workspace.apply(NETWORK);
    const before = workspace.attributes("aws_vpc.main").id;
    const renamed = structuredClone(NETWORK);
    renamed.resource.aws_vpc.main.tags.Name = "renamed";
    expect(await workspace.apply(renamed)).toContain("0 added, 1 changed, 0 destroyed");
    expect(workspace.attributes("aws_vpc.main").id).toBe(before);

    renamed.resource.aws_vpc.main.cidr_block = "10.24.0.0/16";
    expect(await workspace.apply(renamed)).toContain("4 added, 0 changed, 4 destroyed");
    expect(workspace.attributes("aws_vpc.main").id).not.toBe(before);
  });

  it("import by ID a resource that is no longer in the state", async () => {
    await workspace.apply(NETWORK);
    const { id } = workspace.attributes("aws_vpc.main");
    await workspace.run("state", "rm", "aws_vpc.main");
    const imported = await workspace.run("import", "-no-color", "aws_vpc.main", String(id));
    expect(imported.output).toContain("Import successful");
    const again = await workspace.plan();
    expect(again.code, again.output).toBe(0);
  });

  it("reject another account, and leave out arguments that are not set", async () => {
    const locked = { ...NETWORK, provider: { aws: { region: "us-east-1", allowed_account_ids: ["123456789012"] } } };
    await expect(workspace.apply(locked)).rejects.toThrow("AWS account ID not allowed: 000000000000");
  });

  it("are found by data sources", async () => {
    await workspace.apply(NETWORK);
    const withData = {
      ...NETWORK,
      data: { aws_vpc: { found: { cidr_block: "10.23.0.0/16" } } },
      output: { found: { value: "${data.aws_vpc.found.id}" } },
    };
    await workspace.apply(withData);
    const output = await workspace.run("output", "-raw", "found");
    expect(output.output).toBe(workspace.attributes("aws_vpc.main").id);
    await expect(
      workspace.apply({ ...NETWORK, data: { aws_vpc: { found: { cidr_block: "10.99.0.0/16" } } } }),
    ).rejects.toThrow("no aws_vpc with cidr_block");
  });
});

describe("ephemeral values", () => {
  it("reach write-only arguments, and neither plan nor state", async () => {
    const written: unknown[] = [];
    const version: ResourceHandler = {
      type: "aws_secretsmanager_secret_version",
      create: (_planned, { config }) => {
        written.push(config.secret_string_wo);
        return {};
      },
    };
    const password = {
      type: "aws_secretsmanager_random_password",
      open: () => ({ random_password: "drawn at random" }),
    };
    workspace = new TerraformWorkspace({ resources: [version], ephemerals: [password] });
    await workspace.start();
    await workspace.apply({
      ephemeral: { aws_secretsmanager_random_password: { drawn: { password_length: 32 } } },
      resource: {
        aws_secretsmanager_secret_version: {
          value: {
            secret_id: "arn:aws:secretsmanager:us-east-1:000000000000:secret:a-123456",
            secret_string_wo: "${ephemeral.aws_secretsmanager_random_password.drawn.random_password}",
            secret_string_wo_version: 1,
          },
        },
      },
    });
    expect(written).toEqual(["drawn at random"]);
    expect(JSON.stringify(workspace.attributes("aws_secretsmanager_secret_version.value"))).not.toContain("drawn");
    expect(JSON.stringify(workspace.records.all())).not.toContain("drawn");
  });
});

describe("types with a handler", () => {
  const QUEUES = { resource: { aws_sqs_queue: { jobs: { name: "jobs" } } } };
  const live = new Map<string, Attributes>();
  const queue: ResourceHandler = {
    type: "aws_sqs_queue",
    identity: (attributes) => (typeof attributes.name === "string" ? attributes.name : undefined),
    plan: (planned, prior) => {
      if (!prior) planned.arn = `arn:aws:sqs:us-east-1:000000000000:${planned.name}`;
    },
    create: (planned) => {
      if (planned.name === "refused") throw new AwsError("QueueDeletedRecently", "You must wait 60 seconds.");
      return { url: `http://localhost/${planned.name}`, id: `http://localhost/${planned.name}` };
    },
    start: (attributes) => void live.set(String(attributes.name), attributes),
    read: (attributes) => (live.has(String(attributes.name)) ? {} : null),
    delete: (attributes) => void live.delete(String(attributes.name)),
  };

  beforeEach(async () => {
    live.clear();
    await start([queue]);
  });

  it("start, are detected as deleted, and are created again", async () => {
    await workspace.apply(QUEUES);
    expect(live.get("jobs")).toMatchObject({ url: "http://localhost/jobs", visibility_timeout_seconds: 30 });
    live.clear();
    const drifted = await workspace.plan();
    expect(drifted.code).toBe(2);
    expect(drifted.output).toContain("1 to add");
    await workspace.apply(QUEUES);
    expect(live.has("jobs")).toBe(true);
  });

  it("report AWS errors and keep the rest of the state", async () => {
    await expect(
      workspace.apply({ resource: { aws_sqs_queue: { jobs: { name: "jobs" }, other: { name: "refused" } } } }),
    ).rejects.toThrow("QueueDeletedRecently: You must wait 60 seconds.");
    expect(workspace.attributes("aws_sqs_queue.jobs").url).toBe("http://localhost/jobs");
  });

  it("reject a second resource with the same unique name", async () => {
    await expect(
      workspace.apply({ resource: { aws_sqs_queue: { a: { name: "same" }, b: { name: "same" } } } }),
    ).rejects.toThrow("already exists");
  });
});
