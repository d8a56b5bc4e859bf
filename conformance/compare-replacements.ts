import type { RealProvider, Schema } from "@nv-demo/local-aws/schema";
import type { Resource, State } from "./answers.ts";
import type { Scope } from "./compare-answers.ts";
import type { KnownDifference } from "./known-differences.ts";
import { type Decision, decisions } from "./replacements.ts";
import type { Verdicts } from "./verdicts.ts";

/** Holds what the local provider would replace to what the real one would, for one resource of each type that was applied. */
export async function compareReplacements(
  provider: Pick<RealProvider, "plan">,
  schemas: Readonly<Record<string, Schema>>,
  applied: ReadonlyMap<string, State>,
  known: readonly KnownDifference[],
  scope: Scope,
  verdicts: Verdicts,
): Promise<void> {
  const found: Decision[] = [];
  for (const resource of oneOfEachType(applied)) {
    const schema = schemas[resource.type];
    if (schema) found.push(...(await decisions(provider, resource, schema.block)));
  }
  const types = new Set(found.map(({ type }) => type));
  const name = `same replacements for ${found.length} changes of ${types.size} resource types`;
  const different = found.filter(({ real, local }) => real !== local);
  const unexplained = different.filter((decision) => !known.some((entry) => explains(entry, decision)));
  if (unexplained.length > 0) {
    verdicts.fail(name, ["the local provider decides otherwise:", ...unexplained.map(line)].join("\n"));
  } else if (types.size < scope.types) verdicts.fail(name, `there must be ${scope.types} types`);
  else verdicts.pass(name);
  if (!scope.whole) return;
  for (const { type, attributes } of known) {
    const left = attributes.filter((name) => !different.some((one) => one.type === type && one.argument === name));
    if (left.length > 0) verdicts.fail(`${type}: ${left.join(", ")}`, "is a known difference, and there is none now");
  }
}

function explains({ type, attributes }: KnownDifference, decision: Decision): boolean {
  return type === decision.type && attributes.includes(decision.argument);
}

function oneOfEachType(applied: ReadonlyMap<string, State>): Resource[] {
  const resources = [...applied.values()].flatMap((state) => [...state.values()]);
  return [...new Map(resources.map((resource) => [resource.type, resource])).values()];
}

function line({ type, argument, real }: Decision): string {
  return `  ${type}.${argument}: ${real ? "only the real one replaces it" : "only the local one replaces it"}`;
}
