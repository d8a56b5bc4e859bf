import {
  DeleteFunctionCommand,
  type LambdaClient,
  paginateListVersionsByFunction,
  UpdateFunctionCodeCommand,
  waitUntilPublishedVersionActive,
} from "@aws-sdk/client-lambda";

/** Lambda activates a version of a function outside of a VPC within seconds. */
const MAX_WAIT_SECONDS = 60;

/** A published version: immutable code and configuration. */
export interface Version {
  readonly number: string;
  /** SHA-256 of the deployment package, in base64. */
  readonly sha256: string;
  readonly publishedAt: string;
}

/** The versions of one Lambda function. */
export class LambdaVersions {
  readonly #client: LambdaClient;
  readonly #functionName: string;

  constructor(client: LambdaClient, functionName: string) {
    this.#client = client;
    this.#functionName = functionName;
  }

  /** Published versions, oldest first. */
  async list(): Promise<Version[]> {
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

  async delete(number: string): Promise<void> {
    await this.#client.send(new DeleteFunctionCommand({ FunctionName: this.#functionName, Qualifier: number }));
  }
}
