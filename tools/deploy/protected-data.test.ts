import { expect, it } from "vitest";
import { destroyableStacks, protectedData } from "./protected-data.ts";
import { writeStacks } from "./testing/written-stacks.ts";

it("destroys neither the stacks of protected data nor their dependencies", () => {
  const stacks = writeStacks(
    { name: "vpc" },
    { name: "postgres", reads: { vpc: [] }, resource: { aws_db_instance: { Main: { deletion_protection: true } } } },
    { name: "hello", resource: { aws_dynamodb_table: { People: { deletion_protection_enabled: false } } } },
    { name: "logs", resource: { aws_s3_bucket: { Old: { force_destroy: true }, Protected: {} } } },
    { name: "frontend", reads: { postgres: [] } },
  );
  expect(protectedData(stacks)).toEqual([
    { stack: "postgres", address: "aws_db_instance.Main" },
    { stack: "logs", address: "aws_s3_bucket.Protected" },
  ]);
  expect(destroyableStacks(stacks).map(({ name }) => name)).toEqual(["hello", "frontend"]);
});

it("destroys every stack where no data is protected", () => {
  const stacks = writeStacks({ name: "vpc" }, { name: "frontend", reads: { vpc: [] } });
  expect(destroyableStacks(stacks)).toBe(stacks);
});
