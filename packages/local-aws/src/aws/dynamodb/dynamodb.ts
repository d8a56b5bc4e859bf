import { type Access, jsonService } from "../../gateway/protocol.ts";
import type { AwsService } from "../../gateway/service.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Clock } from "../../runtime/clock.ts";
import { Engine, type EngineOptions } from "./engine.ts";
import { dynamoDbOperations } from "./operations.ts";
import type { TableSettings } from "./table-settings.ts";
import { dynamoDbTerraform } from "./terraform.ts";

export interface DynamoDbOptions extends EngineOptions {
  readonly access: Access;
  readonly clock: Clock;
}

/** DynamoDB: signatures and permissions are checked here, tables and items are those of an engine. No PartiQL, no streams to read, no backups but a copy of now. */
export class DynamoDb {
  readonly service: AwsService;
  readonly terraform: TerraformParts;
  readonly #engine: Engine;

  constructor(options: DynamoDbOptions) {
    const settings = new Map<string, TableSettings>();
    this.#engine = new Engine(options);
    this.service = jsonService(
      {
        signingName: "dynamodb",
        target: "DynamoDB_20120810",
        jsonVersion: "1.0",
        operations: dynamoDbOperations(this.#engine, settings, options.clock),
      },
      options.access,
    );
    this.terraform = dynamoDbTerraform(this.#engine, settings);
  }

  /** Ends the engine. What was written stays. */
  stop(): Promise<void> {
    return this.#engine.stop();
  }
}
