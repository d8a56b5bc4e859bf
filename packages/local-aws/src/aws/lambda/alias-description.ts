import type { Alias } from "./alias.ts";
import { functionArn } from "./configuration.ts";

/** An alias as `GetAlias` returns it. */
export function aliasDescription(alias: Alias): object {
  const weights = alias.additionalVersionWeights;
  return {
    AliasArn: functionArn(alias.functionName, alias.name),
    Name: alias.name,
    FunctionVersion: alias.functionVersion,
    Description: alias.description,
    ...(Object.keys(weights).length > 0 && { RoutingConfig: { AdditionalVersionWeights: weights } }),
    RevisionId: alias.revisionId,
  };
}
