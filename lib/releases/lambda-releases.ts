import {
  DeleteFunctionCommand,
  GetAliasCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  waitUntilPublishedVersionActive,
} from "@aws-sdk/client-lambda";
import { ReleaseError, type Serving } from "./release.ts";

/** Lambda activates a version of a function outside of a VPC within seconds. */
const MAX_WAIT_SECONDS = 60;

/** A published version: immutable code and configuration. */
export interface Version {
  readonly number: string;
  /** SHA-256 of the deployment package, in base64. */
  readonly sha256: string;
  readonly publishedAt: string;
}

/** What a stage serves, and the revision of its alias, which detects a concurrent change. */
export interface Stage {
  readonly name: string;
  readonly serving: Serving;
  readonly revision: string;
}

/** The versions of one Lambda function and its stages, which are its aliases. */
export class LambdaReleases {
  readonly #client: LambdaClient;
  readonly #functionName: string;

  constructor(client: LambdaClient, functionName: string) {
    this.#client = client;
    this.#functionName = functionName;
  }

  async stage(name: string): Promise<Stage> {
    const alias = await this.#client.send(new GetAliasCommand({ FunctionName: this.#functionName, Name: name }));
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
    const weights = canary ? { [canary.version]: canary.weight } : {};
    try {
      await this.#client.send(
        new UpdateAliasCommand({
          FunctionName: this.#functionName,
          Name: name,
          FunctionVersion: version,
          RoutingConfig: { AdditionalVersionWeights: weights },
          RevisionId: revision,
        }),
      );
    } catch (cause) {
      if (!(cause instanceof Error) || cause.name !== "PreconditionFailedException") throw cause;
      throw new ReleaseError(
        "ChangedMeanwhile",
        `The alias ${name} was changed by someone else at the same time. Check its state and try again.`,
        {
          cause,
        },
      );
    }
  }

  /** Published versions, oldest first. */
  async versions(): Promise<Version[]> {
    const found: Version[] = [];
    for await (const page of paginateListVersionsByFunction(
      { client: this.#client },
      { FunctionName: this.#functionName },
    )) {
      for (const { Version: number = "", CodeSha256 = "", LastModified = "" } of page.Versions ?? []) {
        if (number !== "$LATEST") found.push({ number, sha256: CodeSha256, publishedAt: LastModified });
      }
    }
    return found.sort((one, other) => Number(one.number) - Number(other.number));
  }

  /**
   * Publishes a version with a deployment package, and waits until it can be invoked. No stage serves it yet.
   *
   * @returns its number, which is that of the newest version if its package is the same.
   */
  async publish(zip: Uint8Array): Promise<string> {
    const { Version: number = "" } = await this.#client.send(
      new UpdateFunctionCodeCommand({ FunctionName: this.#functionName, ZipFile: zip, Publish: true }),
    );
    await waitUntilPublishedVersionActive(
      { client: this.#client, maxWaitTime: MAX_WAIT_SECONDS },
      { FunctionName: this.#functionName, Qualifier: number },
    );
    return number;
  }

  async deleteVersion(number: string): Promise<void> {
    await this.#client.send(new DeleteFunctionCommand({ FunctionName: this.#functionName, Qualifier: number }));
  }
}
