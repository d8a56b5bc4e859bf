import { expect, it } from "vitest";
import { omitResources } from "./omit-resources.ts";

const CONFIGURATION = {
  terraform: { required_version: ">= 1.11" },
  resource: {
    aws_elasticache_replication_group: { Cache: { port: 6379 } },
    aws_cloudwatch_metric_alarm: {
      Full: {
        dimensions: { group: "${aws_elasticache_replication_group.Cache.id}", other: "${aws_x.CacheToo.id}" },
        depends_on: ["aws_elasticache_replication_group.Cache", "aws_sns_topic.Alarms"],
      },
    },
  },
  output: {
    endpoint: {
      value:
        "${aws_elasticache_replication_group.Cache.nodes[0].address}:${aws_elasticache_replication_group.Cache.port}",
    },
    arn: { value: "${aws_elasticache_replication_group.Cache.arn}" },
  },
};

it("removes the resource and its dependencies, and replaces references by configured arguments or placeholders", () => {
  expect(omitResources(CONFIGURATION, ["aws_elasticache_replication_group.Cache"])).toEqual({
    terraform: { required_version: ">= 1.11" },
    resource: {
      aws_cloudwatch_metric_alarm: {
        Full: {
          dimensions: { group: '${"omitted"}', other: "${aws_x.CacheToo.id}" },
          depends_on: ["aws_sns_topic.Alarms"],
        },
      },
    },
    output: {
      endpoint: { value: '${"omitted"}:${6379}' },
      arn: { value: '${"arn:aws:omitted:us-east-1:123456789012:omitted"}' },
    },
  });
});

it("rejects an address that does not exist, so that the list of gaps cannot become outdated", () => {
  expect(() => omitResources(CONFIGURATION, ["aws_elasticache_replication_group.Gone"])).toThrow(
    "The stack has no aws_elasticache_replication_group.Gone to omit.",
  );
});
