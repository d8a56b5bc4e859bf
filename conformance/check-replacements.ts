import { type PluginMirror, RealProvider, readSchema } from "@nv-demo/local-aws/schema";
import { compareReplacements } from "./compare-replacements.ts";
import type { Scope } from "./compare-states.ts";
import { KNOWN_REPLACEMENT_DIFFERENCES } from "./known-differences.ts";
import type { Results } from "./results.ts";
import type { State } from "./states.ts";

/**
 * Compares replacements with the real provider, if its version is the one that the local provider's schema was
 * generated from.
 */
export async function checkReplacements(
  { version, executable }: PluginMirror,
  applied: ReadonlyMap<string, State>,
  scope: Scope,
  results: Results,
): Promise<void> {
  const schema = readSchema();
  if (schema.provider_version !== version) {
    const reason = `the schema is of hashicorp/aws ${schema.provider_version}, the provider is ${version}; generate the schema again`;
    results.skip("same replacements", reason);
    return;
  }
  const provider = await RealProvider.start(executable, schema.provider.block);
  try {
    const known = KNOWN_REPLACEMENT_DIFFERENCES;
    await compareReplacements(provider, schema.resource_schemas, applied, known, scope, results);
  } finally {
    provider.stop();
  }
}
