import { expect, it } from "vitest";
import type { PlanJson } from "../plan/changes.ts";
import { knownSecrets } from "./known-secrets.ts";

const change = (address: string, values: object) => ({
  address,
  mode: "managed" as const,
  change: { actions: ["update" as const], ...values },
});

it("finds sensitive texts of resources, drift and outputs, before and after, inside of other texts", () => {
  const plan: PlanJson = {
    resource_changes: [
      change("a.B", { before: { list: [{ key: "resource-old" }] }, before_sensitive: { list: [{ key: true }] } }),
      change("a.C", { after: { all: { of: "resource-new" } }, after_sensitive: true }),
    ],
    resource_drift: [change("a.D", { after: { key: 'with "quotes"' }, after_sensitive: { key: true } })],
    output_changes: { secret: { actions: ["create"], after: "output-value", after_sensitive: true } },
  };
  const isSecret = knownSecrets(plan);
  for (const text of ["resource-old", "a resource-new b", 'with "quotes"', "output-value"]) {
    expect(isSecret(text), text).toBe(true);
  }
  expect(isSecret(JSON.stringify({ password: 'with "quotes"' }))).toBe(true);
  expect(isSecret("another value")).toBe(false);
});

it("ignores values without a mark, short ones and numbers", () => {
  const values = { after: { open: "not sensitive", port: 54_321_000, short: "abc" } };
  const isSecret = knownSecrets({
    resource_changes: [change("a.B", { ...values, after_sensitive: { port: true, short: true, open: false } })],
  });
  for (const text of ["not sensitive", "54321000", "abc"]) expect(isSecret(text), text).toBe(false);
});
