import { expect, it } from "vitest";
import { evaluatePrefix } from "./object-key.ts";

const time = Date.parse("2026-11-28T04:05:06Z");

it.each([
  ["", "2026/11/28/04/"],
  ["logs/", "logs/2026/11/28/04/"],
  ["logs/day=!{timestamp:yyyy-MM-dd}/", "logs/day=2026-11-28/"],
  ["!{timestamp:'year='yyyy'/hour='HH-mm-ss}/", "year=2026/hour=04-05-06/"],
])("evaluates the prefix %j", (prefix, key) => {
  expect(evaluatePrefix(prefix, { time })).toBe(key);
});

it("evaluates the type of an error and random strings", () => {
  const key = evaluatePrefix("!{firehose:error-output-type}/!{firehose:random-string}/", { time, errorType: "failed" });
  expect(key).toMatch(/^failed\/[\w-]{11}\/$/);
});

it.each(["!{timestamp:YYYY}", "!{timestamp:MMM}", "!{firehose:error-output-type}", "!{partitionKeyFromQuery:a}"])(
  "rejects %s",
  (prefix) => {
    expect(() => evaluatePrefix(prefix, { time })).toThrow(/does not support/);
  },
);
