import { setTimeout } from "node:timers/promises";
import { number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, DataSourceHandler, ResourceHandler } from "../../../provider/resource-handler.ts";
import { UNKNOWN } from "../../../provider/unknown.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { Engine } from "../engines/engine.ts";
import { tableArn } from "../table-arn.ts";
import { DEFAULT_RECOVERY_PERIOD_DAYS, type TableSettings, tableSettings } from "../table-settings.ts";
import { isChanged, tableChanges } from "./table-changes.ts";
import { isOnDemand, tableDefinition, timeToLive } from "./table-definition.ts";

interface TableDescription {
  readonly TableArn: string;
  readonly TableStatus: string;
  readonly LatestStreamArn?: string;
  readonly LatestStreamLabel?: string;
}

/** How long the engine may take to create or delete a table, in steps of {@link POLL_MS}. */
const MAX_POLLS = 500;
const POLL_MS = 10;

/**
 * `aws_dynamodb_table`. Point-in-time recovery, encryption and replicas are recorded only; streams exist, but cannot be
 * read.
 *
 * @param settings to which the settings of each table are added, by table name.
 */
export function tableResource(engine: Engine, settings: Map<string, TableSettings>): ResourceHandler {
  return {
    type: "aws_dynamodb_table",
    identity: ({ name }) => optionalText(name),
    plan(planned, prior) {
      if (typeof planned.name === "string") planned.arn = tableArn(planned.name);
      if (prior && isChanged(planned, prior, "stream_enabled", "stream_view_type")) {
        Object.assign(planned, { stream_arn: UNKNOWN, stream_label: UNKNOWN });
      }
    },
    async create(planned) {
      const name = text(planned.name);
      await engine.call("CreateTable", tableDefinition(planned));
      await pollUntil(async () => (await describeTable(engine, name))?.TableStatus === "ACTIVE");
      const { Enabled, AttributeName } = timeToLive(planned);
      if (Enabled) await updateTimeToLive(engine, name, Enabled, AttributeName);
      return computedAttributes(engine, planned);
    },
    async update(planned, prior) {
      const name = text(prior.name);
      for (const change of tableChanges(planned, prior)) {
        await engine.call("UpdateTable", { TableName: name, ...change });
      }
      const { Enabled, AttributeName } = timeToLive(planned);
      const before = timeToLive(prior);
      // A disabled block differs from none, but not for DynamoDB.
      if (isChanged(planned, prior, "ttl") && (Enabled || before.Enabled)) {
        // To disable time to live, DynamoDB requires the attribute that is in use.
        await updateTimeToLive(engine, name, Enabled, Enabled ? AttributeName : before.AttributeName);
      }
      return computedAttributes(engine, planned);
    },
    start: (attributes) => void settings.set(text(attributes.name), tableSettings(attributes)),
    async read({ name }) {
      return (await describeTable(engine, text(name))) ? {} : null;
    },
    async delete({ name }) {
      await engine.call("DeleteTable", { TableName: text(name) });
      await pollUntil(async () => !(await describeTable(engine, text(name))));
      settings.delete(text(name));
    },
  };
}

export function tableDataSource(engine: Engine): DataSourceHandler {
  return {
    type: "aws_dynamodb_table",
    async read({ name }) {
      const { Table } = await engine.call<{ Table: TableDescription }>("DescribeTable", { TableName: text(name) });
      return { id: name, arn: Table.TableArn, stream_arn: Table.LatestStreamArn ?? "" };
    },
  };
}

async function describeTable(engine: Engine, name: string): Promise<TableDescription | undefined> {
  try {
    return (await engine.call<{ Table: TableDescription }>("DescribeTable", { TableName: name })).Table;
  } catch (error) {
    if (error instanceof AwsError && error.code === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

async function updateTimeToLive(engine: Engine, TableName: string, Enabled: boolean, AttributeName: string) {
  try {
    await engine.call("UpdateTimeToLive", { TableName, TimeToLiveSpecification: { Enabled, AttributeName } });
  } catch (error) {
    // An engine without time to live keeps expired items. AWS may also delete them days later.
    if (!(error instanceof AwsError) || error.code !== "UnknownOperationException") throw error;
  }
}

async function computedAttributes(engine: Engine, planned: Attributes): Promise<Attributes> {
  const name = text(planned.name);
  const description = await describeTable(engine, name);
  const onDemand = isOnDemand(planned);
  return {
    id: name,
    arn: tableArn(name),
    read_capacity: onDemand ? 0 : number(planned.read_capacity, 1),
    write_capacity: onDemand ? 0 : number(planned.write_capacity, 1),
    stream_arn: description?.LatestStreamArn ?? "",
    stream_label: description?.LatestStreamLabel ?? "",
    stream_view_type: text(planned.stream_view_type),
    point_in_time_recovery: [{ enabled: false, recovery_period_in_days: DEFAULT_RECOVERY_PERIOD_DAYS }],
    server_side_encryption: [{ kms_key_arn: "" }],
  };
}

/** Engines respond before a table is created or deleted, as DynamoDB does. */
async function pollUntil(isDone: () => Promise<boolean>): Promise<void> {
  for (let polls = 0; polls < MAX_POLLS && !(await isDone()); polls += 1) await setTimeout(POLL_MS);
}
