import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { Engine } from "../engines/engine.ts";
import type { TableSettings } from "../table-settings.ts";
import { tableDataSource, tableResource } from "./table.ts";
import { tableItemResource } from "./table-item.ts";

export function dynamoDbTerraform(engine: Engine, settings: Map<string, TableSettings>): TerraformParts {
  return {
    resources: [tableResource(engine, settings), tableItemResource(engine)],
    dataSources: [tableDataSource(engine)],
  };
}
