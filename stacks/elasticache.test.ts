import { expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, synthesize } from "./testing/synthesize.ts";

const prod = stackOf(synthesize(environment("prod", { accountId: "123456789012" })), "elasticache");
const local = stackOf(synthesize(environment("local")), "elasticache");

it("lets the application in as an IAM user whose id is its name, and who may not touch the server", () => {
  const { user_id, user_name, access_string, authentication_mode } = resource(prod, "aws_elasticache_user");
  expect(user_id).toBe("nv-demo-files");
  expect(user_name).toBe(user_id);
  expect(authentication_mode).toEqual({ type: "iam" });
  expect(access_string).toMatch(/-@dangerous/);
  expect(prod.output?.user_arn?.value).toBe("${aws_elasticache_user.User.arn}");
});

it("fails over in production, and needs no second node elsewhere", () => {
  expect(resource(prod, "aws_elasticache_replication_group")).toMatchObject({
    num_cache_clusters: 2,
    multi_az_enabled: true,
  });
  expect(resource(local, "aws_elasticache_replication_group")).toMatchObject({
    num_cache_clusters: 1,
    automatic_failover_enabled: false,
  });
});

it("asks nobody who they are where there is no TLS", () => {
  expect(resources(local, "aws_elasticache_user")).toEqual([]);
  expect(resource(local, "aws_elasticache_replication_group").user_group_ids).toBeUndefined();
  expect(local.output?.user_name?.value).toBe("");
});

it("tells its address with the port, chosen by us or by the service", () => {
  const address = "${aws_elasticache_replication_group.Cache.primary_endpoint_address}";
  expect(prod.output?.endpoint?.value).toBe(`${address}:6379`);
  expect(local.output?.endpoint?.value).toBe(
    `${address}:\${coalesce(aws_elasticache_replication_group.Cache.port, 6379)}`,
  );
});
