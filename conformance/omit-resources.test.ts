import { expect, it } from "vitest";
import { addressesOfType, omitResources } from "./omit-resources.ts";

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

it("finds the resources with the type of one", () => {
  const alarms = CONFIGURATION.resource.aws_cloudwatch_metric_alarm;
  const configuration = { resource: { aws_cloudwatch_metric_alarm: { ...alarms, Slow: {} }, aws_x: { Slow: {} } } };
  expect(addressesOfType(configuration, "aws_cloudwatch_metric_alarm.Full")).toEqual([
    "aws_cloudwatch_metric_alarm.Full",
    "aws_cloudwatch_metric_alarm.Slow",
  ]);
  expect(() => addressesOfType(configuration, "aws_x.Full")).toThrow("The stack has no aws_x.Full to omit.");
});

it("rejects an address that does not exist, so that the list of gaps cannot become outdated", () => {
  expect(() => omitResources(CONFIGURATION, ["aws_elasticache_replication_group.Gone"])).toThrow(
    "The stack has no aws_elasticache_replication_group.Gone to omit.",
  );
});
