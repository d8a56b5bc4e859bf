import { describe, expect, it } from "vitest";
import type { PartName } from "./environment/environment.ts";
import { environment } from "./environment/environments.ts";
import { type Attributes, resource, resources, stackOf, statements, synthesize } from "./testing/synthesize.ts";

const prod = stackOf(synthesize(environment("prod", { accountId: "123456789012" })), "vpc");
const dev = (parts: readonly PartName[]) =>
  stackOf(synthesize(environment("dev", { accountId: "123456789012", parts })), "vpc");

const tagged = (attributes: Attributes) => (attributes.tags as { Name: string }).Name;
const byName = Object.fromEntries(
  Object.values(prod.resource.aws_security_group ?? {}).map((group) => [group.name, group]),
);

describe("the network", () => {
  it("has three tiers of subnets in three zones", () => {
    const subnets = resources(prod, "aws_subnet").map(
      ({ cidr_block, availability_zone }) => `${availability_zone} ${cidr_block}`,
    );
    const expected = [0, 10, 20].flatMap((first) =>
      ["a", "b", "c"].map((zone, index) => `us-east-1${zone} 10.23.${first + index}.0/24`),
    );
    expect(subnets.toSorted()).toEqual(expected.toSorted());
  });

  it("routes public subnets to the internet gateway, and private ones to a NAT gateway", () => {
    const routes = resources(prod, "aws_route").map(
      ({ route_table_id, gateway_id, nat_gateway_id, destination_cidr_block }) => [
        String(route_table_id).match(/Public|Private|Database/)?.[0],
        gateway_id ? "internet" : nat_gateway_id ? "nat" : undefined,
        destination_cidr_block,
      ],
    );
    const threeRoutes = (tier: string, target: string) => Array.from({ length: 3 }, () => [tier, target, "0.0.0.0/0"]);
    expect(routes.toSorted()).toEqual([...threeRoutes("Private", "nat"), ...threeRoutes("Public", "internet")]);
  });

  it("has a NAT gateway per zone in production, one in development, and none where no part needs the internet", () => {
    expect(resources(prod, "aws_nat_gateway")).toHaveLength(3);
    expect(resources(dev(["sum"]), "aws_nat_gateway")).toHaveLength(1);
    expect(resources(dev(["shout"]), "aws_nat_gateway")).toHaveLength(1);
    const withoutInternet = dev(["alarms", "cache", "hello", "releases"]);
    expect([...resources(withoutInternet, "aws_nat_gateway"), ...resources(withoutInternet, "aws_eip")]).toEqual([]);
    for (const { subnet_id } of resources(prod, "aws_nat_gateway")) expect(subnet_id).toMatch(/Public_Subnet/);
  });

  it("has endpoints for S3, DynamoDB and Secrets Manager that allow this account only", () => {
    const endpoints = resources(prod, "aws_vpc_endpoint");
    expect(endpoints.map(({ service_name, vpc_endpoint_type }) => `${vpc_endpoint_type} ${service_name}`)).toEqual([
      "Gateway com.amazonaws.us-east-1.dynamodb",
      "Gateway com.amazonaws.us-east-1.s3",
      "Interface com.amazonaws.us-east-1.secretsmanager",
    ]);
    for (const { policy } of endpoints) {
      expect(statements(policy).at(-1)?.Condition).toEqual({
        StringEquals: { "aws:PrincipalAccount": "123456789012", "aws:ResourceAccount": "123456789012" },
      });
    }
  });

  it("logs rejected traffic and accepts deliveries of this account only", () => {
    expect(resource(prod, "aws_flow_log")).toMatchObject({ traffic_type: "REJECT", log_destination_type: "s3" });
    const delivery = statements(resource(prod, "aws_s3_bucket_policy").policy).filter(
      ({ Effect }) => Effect === "Allow",
    );
    expect(delivery.map(({ Action }) => Action)).toEqual(["s3:PutObject", ["s3:GetBucketAcl", "s3:ListBucket"]]);
    for (const { Principal, Condition } of delivery) {
      expect(Principal).toEqual({ Service: "delivery.logs.amazonaws.com" });
      expect(Condition).toEqual({
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnLike: { "aws:SourceArn": "arn:aws:logs:us-east-1:123456789012:*" },
      });
    }
    // Without the bucket policy creating the log fails, and with the AWS managed KMS key no log is ever delivered.
    expect(resource(prod, "aws_flow_log").depends_on).toEqual([
      expect.stringMatching(/^aws_s3_bucket_policy\.FlowLog_/),
    ]);
    const { rule } = resource(prod, "aws_s3_bucket_server_side_encryption_configuration");
    expect(JSON.stringify(rule)).toContain('"sse_algorithm":"AES256"');
  });
});

describe("the security groups", () => {
  /** `from → to : port` of every rule between two groups. */
  const rulesOf = (type: string, side: "from" | "to") =>
    resources(prod, type)
      .filter(({ referenced_security_group_id }) => referenced_security_group_id !== undefined)
      .map(({ security_group_id, referenced_security_group_id, from_port }) => {
        const [own, other] = [security_group_id, referenced_security_group_id].map(
          (id) => /SecurityGroups_([a-z-]+)_/.exec(String(id))?.[1],
        );
        return side === "from" ? `${own} → ${other} : ${from_port}` : `${other} → ${own} : ${from_port}`;
      })
      .toSorted();

  it("allow only the programs that need them to reach the database, the cache and the endpoints, on both sides", () => {
    const expected = [
      "api-lambda → cache : 6379",
      "api-lambda → database : 5432",
      "api-lambda → endpoints : 443",
      "init-lambda → database : 5432",
      "init-lambda → endpoints : 443",
      "update-lambda → cache : 6379",
      "update-lambda → database : 5432",
      "update-lambda → endpoints : 443",
    ];
    expect(rulesOf("aws_vpc_security_group_egress_rule", "from")).toEqual(expected);
    expect(rulesOf("aws_vpc_security_group_ingress_rule", "to")).toEqual(expected);
  });

  it("have the names that the contract requires", () => {
    expect(Object.keys(byName).toSorted()).toEqual(
      ["api-lambda", "cache", "database", "endpoints", "init-lambda", "update-lambda"].map((name) => `nv-demo-${name}`),
    );
  });
});

it("allows traffic to the database subnets only from private subnets and between the cache nodes", () => {
  const acl = resources(prod, "aws_network_acl").find((one) => tagged(one) === "nv-demo-database");
  expect(acl?.subnet_ids).toHaveLength(3);
  const ingress = resources(prod, "aws_network_acl_rule").filter(
    ({ network_acl_id, egress }) => String(network_acl_id).includes("Database") && egress === false,
  );
  for (const { cidr_block } of ingress) expect(cidr_block).toMatch(/^10\.23\.(1[0-2]|2[0-2])\.0\/24$/);
});

it("allows access to other accounts through the endpoints only for image layers and packages of AWS", () => {
  for (const { policy, service_name } of resources(prod, "aws_vpc_endpoint")) {
    const unconditional = statements(policy).filter(({ Condition }) => Condition === undefined);
    expect(unconditional.map(({ Action, Resource }) => [Action, Resource])).toEqual(
      service_name === "com.amazonaws.us-east-1.s3"
        ? [
            [
              "s3:GetObject",
              ["arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*", "arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*"],
            ],
          ]
        : [],
    );
  }
});
