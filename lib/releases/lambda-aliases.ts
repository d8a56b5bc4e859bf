import type { AliasConfiguration, UpdateAliasCommandInput } from "@aws-sdk/client-lambda";
import type { AwsAccess } from "../aws/access.ts";
import { AwsClient } from "../aws/aws-client.ts";
import { hasCode } from "../aws/aws-error.ts";
import { lambda } from "../aws/service.ts";
import { encodeKey } from "../keys/object-key.ts";
import { ReleaseError, type Serving } from "./release.ts";

/** Milliseconds for a request with its retries. */
const TIMEOUT = 10_000;

/** What a stage serves, and the revision of its alias, which detects a concurrent change. */
export interface Stage {
  readonly name: string;
  readonly serving: Serving;
  readonly revision: string;
}

/** The stages of one Lambda function, which are its aliases. */
export class LambdaAliases {
  readonly #client: AwsClient;
  readonly #functionName: string;

  constructor(access: AwsAccess, functionName: string) {
    this.#client = new AwsClient(lambda, access);
    this.#functionName = functionName;
  }

  async stage(name: string): Promise<Stage> {
    const request = { operation: "GetAlias", method: "GET", path: this.#path(name) } as const;
    const { body } = await this.#client.send(request, TIMEOUT);
    const alias = JSON.parse(body.toString()) as AliasConfiguration;
    const [other] = Object.entries(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
    const canary = other && { version: other[0], weight: other[1] };
    return {
      name,
      serving: { version: alias.FunctionVersion ?? "", ...(canary && { canary }) },
      revision: alias.RevisionId ?? "",
    };
  }

  /**
   * Changes what a stage serves.
   *
   * @throws ReleaseError `ChangedMeanwhile` when the alias was changed since the stage was read
   */
  async serve({ name, revision }: Stage, { version, canary }: Serving): Promise<void> {
    const change: Omit<UpdateAliasCommandInput, "FunctionName" | "Name"> = {
      FunctionVersion: version,
      RoutingConfig: { AdditionalVersionWeights: canary ? { [canary.version]: canary.weight } : {} },
      RevisionId: revision,
    };
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify(change);
    const request = { operation: "UpdateAlias", method: "PUT", path: this.#path(name), headers, body } as const;
    try {
      await this.#client.send(request, TIMEOUT);
    } catch (cause) {
      if (!hasCode(cause, "PreconditionFailedException")) throw cause;
      throw new ReleaseError(
        "ChangedMeanwhile",
        `The alias ${name} was changed by someone else at the same time. Check its state and try again.`,
        { cause },
      );
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
  #path(alias: string): string {
    return `/2015-03-31/functions/${encodeKey(this.#functionName)}/aliases/${encodeKey(alias)}`;
  }
}
