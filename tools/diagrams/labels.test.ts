import { expect, it } from "vitest";
import { wrapLabel } from "./labels.ts";

it("keeps a label that fits on one line", () => {
  expect(wrapLabel("API Gateway")).toEqual(["API Gateway"]);
  expect(wrapLabel("")).toEqual([]);
});

it("splits a longer label at hyphens, spaces and periods, and never within a word", () => {
  expect(wrapLabel("postgres-update-reconcile")).toEqual(["postgres-", "update-", "reconcile"]);
  expect(wrapLabel("files.example.com")).toEqual(["files.", "example.com"]);
  expect(wrapLabel("internet gateway")).toEqual(["internet", "gateway"]);
  expect(wrapLabel("averyverylongwordwithoutanend")).toEqual(["averyverylongwordwithoutanend"]);
});
