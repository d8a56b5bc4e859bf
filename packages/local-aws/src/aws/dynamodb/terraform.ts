import { text } from "../../provider/attributes.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import type { Engine } from "./engine.ts";
import { tableResource } from "./table.ts";
import { tableItemResource } from "./table-item.ts";
import type { TableSettings } from "./table-settings.ts";

/** Tables and items as Terraform resources. */
export function dynamoDbTerraform(engine: Engine, settings: Map<string, TableSettings>): TerraformParts {
  return {
    resources: [tableResource(engine, settings), tableItemResource(engine)],
    dataSources: [
      {
        type: "aws_dynamodb_table",
        async read({ name }) {
          const { Table } = await engine.call<{ Table: { TableArn: string; LatestStreamArn?: string } }>(
            "DescribeTable",
            { TableName: text(name) },
          );
          return { id: name, arn: Table.TableArn, stream_arn: Table.LatestStreamArn ?? "" };
        },
      },
    ],
  };
}
