import { expect, it } from "vitest";
import { destroyableStacks, keptData } from "./protected-data.ts";
import { writeStacks } from "./testing/written-stacks.ts";

it("keeps protected data, its stacks and what they need, and lets the rest go", () => {
  const stacks = writeStacks(
    { name: "vpc" },
    { name: "postgres", reads: { vpc: [] }, resource: { aws_db_instance: { Main: { deletion_protection: true } } } },
    { name: "hello", resource: { aws_dynamodb_table: { People: { deletion_protection_enabled: false } } } },
    { name: "logs", resource: { aws_s3_bucket: { Old: { force_destroy: true }, Kept: {} } } },
    { name: "frontend", reads: { postgres: [] } },
  );
  expect(keptData(stacks)).toEqual([
    { stack: "postgres", address: "aws_db_instance.Main" },
    { stack: "logs", address: "aws_s3_bucket.Kept" },
  ]);
  expect(destroyableStacks(stacks).map(({ name }) => name)).toEqual(["hello", "frontend"]);
});

it("lets everything go where nothing is protected", () => {
  const stacks = writeStacks({ name: "vpc" }, { name: "frontend", reads: { vpc: [] } });
  expect(destroyableStacks(stacks)).toBe(stacks);
});
