import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource-handler.ts";
import type { Clock } from "../../runtime/clock.ts";
import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import { Engine, type EngineOptions } from "./engines/engine.ts";
import { dynamoDbOperations } from "./operations/index.ts";
import { TableKeys } from "./table-keys.ts";
import type { TableSettings } from "./table-settings.ts";
import { dynamoDbTerraform } from "./terraform/index.ts";

export interface DynamoDbOptions extends EngineOptions {
  readonly access: Access;
  readonly clock: Clock;
  readonly metrics: MetricSink;
}

/**
 * DynamoDB. Signatures and permissions are checked here; an engine stores the tables and items. Not supported: PartiQL,
 * reading streams, and backups other than a copy of the current state.
 */
export class DynamoDb {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #engine: Engine;

  constructor(options: DynamoDbOptions) {
    const settings = new Map<string, TableSettings>();
    const engine = new Engine(options);
    this.#engine = engine;
    this.service = jsonService(
      {
        signingName: "dynamodb",
        target: "DynamoDB_20120810",
        jsonVersion: "1.0",
        operations: dynamoDbOperations({
          engine,
          keys: new TableKeys(engine),
          settings,
          clock: options.clock,
          metrics: options.metrics,
        }),
      },
      options.access,
    );
    this.terraform = dynamoDbTerraform(engine, settings);
  }

  /** A call of this process's own, without a check of permissions. @throws AwsError with the error code of DynamoDB. */
  call<Output>(action: "DescribeTable" | "Scan", input: object): Promise<Output> {
    return this.#engine.call<Output>(action, input);
  }

  /** Stops the engine. Its data remains on disk. */
  stop(): Promise<void> {
    return this.#engine.stop();
  }
}
