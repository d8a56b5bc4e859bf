import { expect, it } from "vitest";
import { resources, synthesize, testEnvironments } from "./testing/synthesize.ts";

/** Log groups that are not in the log lake. */
const EXCEPTIONS: readonly { readonly logGroup: RegExp; readonly reason: string }[] = [
  { logGroup: /^\/aws\/lambda\/.*-normalize-logs$/, reason: "Its entries would cause entries without end." },
  { logGroup: /^\/aws\/kinesisfirehose\//, reason: "What cannot be delivered cannot be delivered by the same stream." },
];

/** Address of a log group → its name and the destinations of its subscription filters. */
function logGroups(): Map<string, { readonly name: string; readonly destinations: readonly string[] }> {
  const { stacks } = synthesize(testEnvironments["prod with a domain"]);
  const found = Object.entries(stacks).flatMap(([stackName, stack]) => {
    const filters = resources(stack, "aws_cloudwatch_log_subscription_filter");
    return Object.entries(stack.resource.aws_cloudwatch_log_group ?? {}).map(([id, { name }]) => {
      const reference = `\${aws_cloudwatch_log_group.${id}.name}`;
      const own = filters.filter(({ log_group_name }) => log_group_name === reference);
      return [
        `${stackName} ${id}`,
        { name: String(name), destinations: own.map((filter) => String(filter.destination_arn)) },
      ] as const;
    });
  });
  return new Map(found);
}

const LAKE = /^arn:aws:firehose:us-east-1:\d{12}:deliverystream\/nv-demo-logs$/;
const groups = logGroups();

it("receives the events of every log group, except those that are listed with a reason", () => {
  const missing = [...groups].filter(
    ([, { name, destinations }]) =>
      !destinations.some((destination) => LAKE.test(destination)) &&
      !EXCEPTIONS.some(({ logGroup }) => logGroup.test(name)),
  );
  expect(groups.size).toBeGreaterThan(20);
  expect(missing.map(([address, { name }]) => `${address}: ${name}`)).toEqual([]);
});

it.each(EXCEPTIONS)("needs the exception for $logGroup: $reason", ({ logGroup }) => {
  const matching = [...groups.values()].filter(({ name }) => logGroup.test(name));
  expect(matching.length).toBeGreaterThan(0);
  for (const { destinations } of matching) expect(destinations.filter((arn) => LAKE.test(arn))).toEqual([]);
});

it("leaves each log group within the limit of two subscription filters", () => {
  for (const { name, destinations } of groups.values()) expect(destinations.length, name).toBeLessThanOrEqual(2);
});
