import { describe, expect, it } from "vitest";
import { accessRules } from "./testing/rules/access.ts";
import { balancingRules } from "./testing/rules/balancing.ts";
import { computeRules } from "./testing/rules/compute.ts";
import { cacheRules, databaseRules } from "./testing/rules/data.ts";
import { edgeRules } from "./testing/rules/edge.ts";
import { type Exception, exceptions } from "./testing/rules/exceptions.ts";
import { machineRules } from "./testing/rules/machines.ts";
import { messageRules } from "./testing/rules/messages.ts";
import { networkRules } from "./testing/rules/network.ts";
import type { Located, Rule } from "./testing/rules/rule.ts";
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
  ...machineRules,
];

const { "prod with a domain": whole } = testEnvironments;
if (!whole) throw new Error("no environment that has everything");
const production = synthesize(whole);

describe("every rule", () => {
  it.each(rules.map((rule) => [`${rule.ids}: ${rule.type} ${rule.wants}`, rule] as const))("%s", (_, rule) => {
    const found = find(production, rule.type);
    expect(found.length, "resources that it speaks of").toBeGreaterThan(0);
    const broken = found.filter(([place, resource]) => !rule.holds(resource) && !exceptionOf(rule, place));
    expect(broken.map(([place]) => place)).toEqual([]);
  });

  it.each(rules.map((rule) => [`${rule.ids}: ${rule.type} ${rule.wants}`, rule] as const))(
    "notices when broken: %s",
    (_, rule) => {
      expect(rule.mutations.length).toBeGreaterThan(0);
      for (const mutate of rule.mutations) {
        for (const [place, resource] of find(structuredClone(production), rule.type)) {
          if (!rule.holds(resource)) continue;
          mutate(resource);
          expect(rule.holds(resource), `${place} after a mutation`).toBe(false);
        }
      }
    },
  );
});

it.each(exceptions)("makes the exception $id only where it is needed: $reason", ({ id, where }) => {
  const rule = rules.filter(({ ids }) => ids.split(", ")[0] === id);
  expect(rule.length, "rules of this id").toBeGreaterThan(0);
  const excepted = rule.flatMap((one) =>
    find(production, one.type)
      .filter(([place]) => where.test(place))
      .map(([, resource]) => one.holds(resource)),
  );
  expect(excepted).toContain(false);
});

function find({ stacks }: Synthesized, type: string): [string, Located][] {
  return Object.entries(stacks).flatMap(([stackName, stack]) =>
    Object.entries(stack.resource[type] ?? {}).map(([name, attributes]): [string, Located] => [
      `${stackName} ${type}.${name}`,
      { stack, type, name, attributes },
    ]),
  );
}

function exceptionOf({ ids }: Rule, place: string): Exception | undefined {
  return exceptions.find(({ id, where }) => ids.split(", ")[0] === id && where.test(place));
}
