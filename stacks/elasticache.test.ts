import { expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, synthesize } from "./testing/synthesize.ts";

const prod = stackOf(synthesize(environment("prod", { accountId: "123456789012" })), "elasticache");
const local = stackOf(synthesize(environment("local")), "elasticache");

it("authenticates the application with IAM as a user without administrative commands", () => {
  const { user_id, user_name, access_string, authentication_mode } = resource(prod, "aws_elasticache_user");
  expect(user_id).toBe("nv-demo-files");
  expect(user_name).toBe(user_id);
  expect(authentication_mode).toEqual({ type: "iam" });
  expect(access_string).toMatch(/-@dangerous/);
  expect(prod.output?.user_arn?.value).toBe("${aws_elasticache_user.User.arn}");
});

it("has a replica and automatic failover in production only", () => {
  expect(resource(prod, "aws_elasticache_replication_group")).toMatchObject({
    num_cache_clusters: 2,
    multi_az_enabled: true,
  });
  expect(resource(local, "aws_elasticache_replication_group")).toMatchObject({
    num_cache_clusters: 1,
    automatic_failover_enabled: false,
  });
});

it("has no authentication where TLS is off", () => {
  expect(resources(local, "aws_elasticache_user")).toEqual([]);
  expect(resource(local, "aws_elasticache_replication_group").user_group_ids).toBeUndefined();
  expect(local.output?.user_name?.value).toBe("");
});

it("outputs the endpoint with the configured port or the port that the service chose", () => {
  const address = "${aws_elasticache_replication_group.Cache.primary_endpoint_address}";
  expect(prod.output?.endpoint?.value).toBe(`${address}:6379`);
  expect(local.output?.endpoint?.value).toBe(
    `${address}:\${coalesce(aws_elasticache_replication_group.Cache.port, 6379)}`,
  );
});
