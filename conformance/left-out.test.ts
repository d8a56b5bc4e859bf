import { expect, it } from "vitest";
import { withoutResources } from "./left-out.ts";

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

it("leaves the resource out, and puts what was given, or something of the same form, in the place of what others took from it", () => {
  expect(withoutResources(CONFIGURATION, ["aws_elasticache_replication_group.Cache"])).toEqual({
    terraform: { required_version: ">= 1.11" },
    resource: {
      aws_cloudwatch_metric_alarm: {
        Full: {
          dimensions: { group: '${"left-out"}', other: "${aws_x.CacheToo.id}" },
          depends_on: ["aws_sns_topic.Alarms"],
        },
      },
    },
    output: {
      endpoint: { value: '${"left-out"}:${6379}' },
      arn: { value: '${"arn:aws:left-out:us-east-1:123456789012:left-out"}' },
    },
  });
});

it("refuses an address that is not there, so that the table cannot name what was renamed", () => {
  expect(() => withoutResources(CONFIGURATION, ["aws_elasticache_replication_group.Gone"])).toThrow(
    "there is no aws_elasticache_replication_group.Gone to leave out",
  );
});
