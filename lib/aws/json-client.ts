import type { AwsAccess } from "./access.ts";
import { AwsClient, type AwsClientOptions } from "./aws-client.ts";
import type { AwsService } from "./service.ts";

/** A service with one of AWS's JSON protocols: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export interface JsonService extends AwsService {
  /** The prefix of `X-Amz-Target`. */
  readonly target: string;
  readonly version: "1.0" | "1.1";
}

export const dynamoDb: JsonService = {
  name: "DynamoDB",
  id: "dynamodb",
  variable: "DYNAMODB",
  target: "DynamoDB_20120810",
  version: "1.0",
};

export const secretsManager: JsonService = {
  name: "Secrets Manager",
  id: "secretsmanager",
  variable: "SECRETS_MANAGER",
  target: "secretsmanager",
  version: "1.1",
};

export const cloudWatch: JsonService = {
  name: "CloudWatch",
  id: "monitoring",
  variable: "CLOUDWATCH",
  target: "GraniteServiceVersion20100801",
  version: "1.0",
};

export const cloudWatchLogs: JsonService = {
  name: "CloudWatch Logs",
  id: "logs",
  variable: "CLOUDWATCH_LOGS",
  target: "Logs_20140328",
  version: "1.1",
};

export const sqs: JsonService = { name: "SQS", id: "sqs", variable: "SQS", target: "AmazonSQS", version: "1.0" };

/** The input and the output of each action, by its name. */
export type Actions<Map> = { readonly [Name in keyof Map]: { readonly input: object; readonly output: object } };

export interface JsonClientOptions extends AwsClientOptions {
  /** Milliseconds for a call with its retries. */
  readonly timeout: number;
}

/** Calls the actions of a service with a JSON protocol. Inputs and outputs are those of the SDK, without binaries. */
export class JsonClient<Map extends Actions<Map>> {
  readonly #client: AwsClient;
  readonly #service: JsonService;
  readonly #timeout: number;

  constructor(service: JsonService, access: AwsAccess, { timeout, ...options }: JsonClientOptions) {
    this.#client = new AwsClient(service, access, options);
    this.#service = service;
    this.#timeout = timeout;
  }

  /** @throws AwsError, AwsConnectionError */
  async call<Action extends keyof Map & string>(
    action: Action,
    input: Map[Action]["input"],
  ): Promise<Map[Action]["output"]> {
    const headers = {
      "content-type": `application/x-amz-json-${this.#service.version}`,
      "x-amz-target": `${this.#service.target}.${action}`,
    };
    const { TableName: table_name, QueueUrl: queue_url } = input as { TableName?: string; QueueUrl?: string };
    const resource = { table_name, queue_url };
    const body = JSON.stringify(input);
    const request = { operation: action, resource, method: "POST", path: "/", headers, body } as const;
    const response = await this.#client.send(request, this.#timeout);
    return response.body.byteLength === 0 ? {} : JSON.parse(response.body.toString());
  }
}
