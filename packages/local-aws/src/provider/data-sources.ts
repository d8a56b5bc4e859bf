import { ACCOUNT_ID, REGION } from "../runtime/account.ts";
import { AwsError, unsupported } from "../runtime/error.ts";
import { equal, type ObjectValue } from "./cty.ts";
import type { Records } from "./records.ts";
import type { DataSourceHandler } from "./resource-handler.ts";
import { attributeType, blockType, type Schema } from "./schema.ts";
import { conformToType } from "./state.ts";

/**
 * Reads data sources: with their handler, or from the recorded resource of the same type whose attributes equal all
 * configured arguments.
 */
export class DataSources {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #handlers: ReadonlyMap<string, DataSourceHandler>;
  readonly #records: Records;

  constructor(schemas: Readonly<Record<string, Schema>>, handlers: readonly DataSourceHandler[], records: Records) {
    this.#schemas = schemas;
    this.#handlers = new Map(handlers.map((handler) => [handler.type, handler]));
    this.#records = records;
  }

  schema(type: string): Schema {
    const schema = this.#schemas[type];
    if (!schema) throw unsupported(`the data source ${type}`, { code: "UnsupportedDataSource" });
    return schema;
  }

  async read(type: string, config: ObjectValue): Promise<ObjectValue> {
    const valueType = blockType(this.schema(type).block);
    const handler = this.#handlers.get(type);
    const found = handler
      ? await handler.read(config, { account: ACCOUNT_ID, region: REGION, config })
      : this.#recorded(type, config);
    const configured = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
    return conformToType(valueType, { ...found, ...configured }) as ObjectValue;
  }

  #recorded(type: string, config: ObjectValue): ObjectValue {
    const attributes = this.schema(type).block.attributes ?? {};
    const wanted = Object.entries(attributes).filter(([name]) => (config[name] ?? null) !== null);
    const match = this.#records
      .ofType(type)
      .find((record) =>
        wanted.every(([name, attribute]) => equal(attributeType(attribute), config[name], record.attributes[name])),
      );
    if (!match) {
      const search = wanted.map(([name]) => `${name} = ${JSON.stringify(config[name])}`).join(", ");
      throw new AwsError("NotFound", `no ${type} with ${search || "these arguments"} exists`, 404);
    }
    return match.attributes;
  }
}
