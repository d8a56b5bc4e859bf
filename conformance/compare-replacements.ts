import type { RealProvider, Schema } from "@nv-demo/local-aws/schema";
import type { Scope } from "./compare-states.ts";
import type { KnownDifference } from "./known-differences.ts";
import { type Decision, replacementDecisions } from "./replacement-decisions.ts";
import type { Results } from "./results.ts";
import type { Resource, State } from "./states.ts";

/**
 * Compares which changes replace a resource with the local and with the real provider, for one resource of each applied
 * type.
 */
export async function compareReplacements(
  provider: Pick<RealProvider, "plan">,
  schemas: Readonly<Record<string, Schema>>,
  applied: ReadonlyMap<string, State>,
  known: readonly KnownDifference[],
  scope: Scope,
  results: Results,
): Promise<void> {
  const decisions: Decision[] = [];
  for (const resource of oneOfEachType(applied)) {
    const schema = schemas[resource.type];
    if (schema) decisions.push(...(await replacementDecisions(provider, resource, schema.block)));
  }
  const types = new Set(decisions.map(({ type }) => type));
  const name = `same replacements for ${decisions.length} changes of ${types.size} resource types`;
  const different = decisions.filter(({ real, local }) => real !== local);
  const unexpected = different.filter((decision) => !known.some((entry) => covers(entry, decision)));
  if (unexpected.length > 0) {
    results.fail(name, ["the local provider differs:", ...unexpected.map(line)].join("\n"));
  } else if (types.size < scope.minimumTypes) results.fail(name, `at least ${scope.minimumTypes} types were expected`);
  else results.pass(name);
  if (!scope.complete) return;
  for (const { type, attributes } of known) {
    const missing = attributes.filter((name) => !different.some((one) => one.type === type && one.argument === name));
    if (missing.length > 0) results.fail(`${type}: ${missing.join(", ")}`, "is a known difference that does not occur");
  }
}

function covers({ type, attributes }: KnownDifference, decision: Decision): boolean {
  return type === decision.type && attributes.includes(decision.argument);
}

function oneOfEachType(applied: ReadonlyMap<string, State>): Resource[] {
  const resources = [...applied.values()].flatMap((state) => [...state.values()]);
  return [...new Map(resources.map((resource) => [resource.type, resource])).values()];
}

function line({ type, argument, real }: Decision): string {
  return `  ${type}.${argument}: ${real ? "only the real provider replaces it" : "only the local provider replaces it"}`;
}
