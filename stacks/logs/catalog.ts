import { GlueCatalogDatabase } from "@cdktf/provider-aws/lib/glue-catalog-database/index.js";
import { GlueCatalogTable } from "@cdktf/provider-aws/lib/glue-catalog-table/index.js";
import { Construct } from "constructs";
import { columns as entryColumns } from "../../services/normalize-logs/columns.ts";
import { BaseStack } from "../base/base-stack.ts";

export interface CatalogProps {
  /** The names of the buckets with the entries, and with the flow logs of the VPC. */
  readonly lakeBucket: string;
  readonly flowLogBucket: string;
  /** The prefix of the entries, with a slash at the end. */
  readonly entriesPrefix: string;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const FLOW_COLUMNS = {
  version: "int",
  account_id: "string",
  interface_id: "string",
  srcaddr: "string",
  dstaddr: "string",
  srcport: "int",
  dstport: "int",
  protocol: "bigint",
  packets: "bigint",
  bytes: "bigint",
  start: "bigint",
  end: "bigint",
  action: "string",
  log_status: "string",
} as const;

/** The first year for which there can be flow logs, and one beyond the life of this project. */
const FLOW_YEARS = "2026,2040";

/**
 * The database of the log lake in the Data Catalog. The partitions of its tables are projected, so none has to be added
 * every day: https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
 */
export class Catalog extends Construct {
  readonly database: GlueCatalogDatabase;

  constructor(scope: Construct, id: string, props: CatalogProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    this.database = new GlueCatalogDatabase(this, "Database", {
      // A name with hyphens would have to be quoted in every query.
      name: stack.physicalName("catalogDatabase", "logs").replaceAll("-", "_"),
      description: "The logs of all systems",
    });
    this.#entries(props);
    this.#rejectedTraffic(props);
  }

  #entries({ lakeBucket, entriesPrefix }: CatalogProps): void {
    const location = `s3://${lakeBucket}/${entriesPrefix}`;
    new GlueCatalogTable(this, "Entries", {
      name: "entries",
      databaseName: this.database.name,
      description: "The entries of all logs, one line of JSON each, by the day on which they were delivered",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        classification: "json",
        "projection.enabled": "true",
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": "NOW-1YEARS,NOW",
        "projection.day.interval": "1",
        "projection.day.interval.unit": "DAYS",
        "storage.location.template": `${location}day=$\${day}/`,
      },
      partitionKeys: [{ name: "day", type: "string" }],
      storageDescriptor: {
        location,
        inputFormat: "org.apache.hadoop.mapred.TextInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
        columns: columnsOf(entryColumns),
        serDeInfo: { serializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
      },
    });
  }

  /** The format and the folders are those that `stacks/vpc/flow-log.ts` chooses. */
  #rejectedTraffic({ flowLogBucket }: CatalogProps): void {
    const { accountId, region } = BaseStack.of(this).environment;
    const source = `aws-account-id=${accountId}/aws-service=vpcflowlogs/aws-region=${region}`;
    const location = `s3://${flowLogBucket}/AWSLogs/${source}/`;
    new GlueCatalogTable(this, "RejectedTraffic", {
      name: "rejected_traffic",
      databaseName: this.database.name,
      description: "The flow log of the VPC: traffic that a security group or a network ACL rejected",
      tableType: "EXTERNAL_TABLE",
      parameters: {
        classification: "parquet",
        "projection.enabled": "true",
        ...integers("year", FLOW_YEARS, 4),
        ...integers("month", "1,12", 2),
        ...integers("day", "1,31", 2),
        "storage.location.template": `${location}year=$\${year}/month=$\${month}/day=$\${day}/`,
      },
      partitionKeys: ["year", "month", "day"].map((name) => ({ name, type: "int" })),
      storageDescriptor: {
        location,
        inputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        outputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        columns: columnsOf(FLOW_COLUMNS),
        serDeInfo: { serializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
      },
    });
  }
}

function columnsOf(columns: Readonly<Record<string, string>>) {
  return Object.entries(columns).map(([name, type]) => ({ name, type }));
}

function integers(name: string, range: string, digits: number): Readonly<Record<string, string>> {
  return {
    [`projection.${name}.type`]: "integer",
    [`projection.${name}.range`]: range,
    [`projection.${name}.digits`]: String(digits),
  };
}
