import { randomUUID } from "node:crypto";
import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Alias } from "../alias.ts";
import { aliasDescription } from "../alias-description.ts";
import { authorizedAlias } from "../authorized-alias.ts";
import type { LambdaContext } from "./context.ts";

interface Body {
  readonly FunctionVersion?: string;
  readonly Description?: string;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights?: Readonly<Record<string, number>> };
  readonly RevisionId?: string;
}

export const updateAlias =
  ({ registry }: Pick<LambdaContext, "registry">) =>
  (input: RestInput, call: Call): object => {
    const alias = authorizedAlias(registry, input, call, "lambda:UpdateAlias");
    const updated = update(alias, JSON.parse(input.body || "{}") as Body);
    registry.putAlias(updated);
    return aliasDescription(updated);
  };

/** Omitted members keep their values; an empty routing configuration removes the weights. */
function update(alias: Alias, body: Body): Alias {
  if (body.RevisionId !== undefined && body.RevisionId !== alias.revisionId) {
    throw new AwsError(
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. " +
        "Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
      412,
    );
  }
  return {
    ...alias,
    functionVersion: body.FunctionVersion ?? alias.functionVersion,
    description: body.Description ?? alias.description,
    additionalVersionWeights: body.RoutingConfig
      ? (body.RoutingConfig.AdditionalVersionWeights ?? {})
      : alias.additionalVersionWeights,
    revisionId: randomUUID(),
  };
}
