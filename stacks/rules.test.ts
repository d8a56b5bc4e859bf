import { describe, expect, it } from "vitest";
import { accessRules } from "./testing/rules/access.ts";
import { analyticsRules } from "./testing/rules/analytics.ts";
import { balancingRules } from "./testing/rules/balancing.ts";
import { computeRules } from "./testing/rules/compute.ts";
import { containerAndInstanceRules } from "./testing/rules/containers-and-instances.ts";
import { cacheRules, databaseRules } from "./testing/rules/data.ts";
import { edgeRules } from "./testing/rules/edge.ts";
import { type Exception, exceptions } from "./testing/rules/exceptions.ts";
import { messageRules } from "./testing/rules/messages.ts";
import { networkRules } from "./testing/rules/network.ts";
import type { LocatedResource, Rule } from "./testing/rules/rule.ts";
import { storageRules } from "./testing/rules/storage.ts";
import { type Synthesized, synthesize, testEnvironments } from "./testing/synthesize.ts";

const rules: readonly Rule[] = [
  ...storageRules,
  ...databaseRules,
  ...cacheRules,
  ...computeRules,
  ...networkRules,
  ...accessRules,
  ...messageRules,
  ...edgeRules,
  ...balancingRules,
  ...containerAndInstanceRules,
  ...analyticsRules,
];

const production = synthesize(testEnvironments["prod with a domain"]);
const titledRules = rules.map((rule) => [`${rule.ids}: ${rule.type}: ${rule.requirement}`, rule] as const);

describe("the security rules", () => {
  it.each(titledRules)("are met: %s", (_, rule) => {
    const found = find(production, rule.type);
    expect(found.length, `resources of type ${rule.type}`).toBeGreaterThan(0);
    const violations = found.filter(([address, resource]) => !rule.isMet(resource) && !exceptionOf(rule, address));
    expect(violations.map(([address]) => address)).toEqual([]);
  });

  it.each(titledRules)("detect violations: %s", (_, rule) => {
    expect(rule.mutations.length).toBeGreaterThan(0);
    for (const mutate of rule.mutations) {
      for (const [address, resource] of find(structuredClone(production), rule.type)) {
        if (!rule.isMet(resource)) continue;
        mutate(resource);
        expect(rule.isMet(resource), `${address} after a mutation`).toBe(false);
      }
    }
  });
});

it.each(exceptions)("needs the exception $id: $reason", ({ id, where }) => {
  const matching = rules.filter(({ ids }) => ids.split(", ")[0] === id);
  expect(matching.length, "rules with this ID").toBeGreaterThan(0);
  const results = matching.flatMap((rule) =>
    find(production, rule.type)
      .filter(([address]) => where.test(address))
      .map(([, resource]) => rule.isMet(resource)),
  );
  expect(results).toContain(false);
});

/** Address → resource. */
function find({ stacks }: Synthesized, type: string): [string, LocatedResource][] {
  return Object.entries(stacks).flatMap(([stackName, stack]) =>
    Object.entries(stack.resource[type] ?? {}).map(([name, attributes]): [string, LocatedResource] => [
      `${stackName} ${type}.${name}`,
      { stack, type, name, attributes },
    ]),
  );
}

function exceptionOf({ ids }: Rule, address: string): Exception | undefined {
  return exceptions.find(({ id, where }) => ids.split(", ")[0] === id && where.test(address));
}
