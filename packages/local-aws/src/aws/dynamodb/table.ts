import { setTimeout } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../provider/resource.ts";
import { UNKNOWN } from "../../provider/unknown.ts";
import { AwsError } from "../../runtime/error.ts";
import type { Engine } from "./engine.ts";
import { tableArn } from "./table-arn.ts";
import {
  attributeDefinitions,
  billing,
  globalIndex,
  globalIndexes,
  isOnDemand,
  stream,
  tableDefinition,
  timeToLive,
} from "./table-definition.ts";
import { DEFAULT_RECOVERY_PERIOD_DAYS, type TableSettings, tableSettings } from "./table-settings.ts";

interface TableDescription {
  readonly TableStatus: string;
  readonly LatestStreamArn?: string;
  readonly LatestStreamLabel?: string;
}

/** What cannot be changed in place. */
const FIXED = ["name", "hash_key", "range_key", "local_secondary_index"];

/** `aws_dynamodb_table`. Point-in-time recovery, encryption and replicas are recorded only; a stream exists, and nothing reads it. */
export function tableResource(engine: Engine, settings: Map<string, TableSettings>): ResourceHandler {
  const updateTable = (TableName: string, change: object) => engine.call("UpdateTable", { TableName, ...change });
  const setTimeToLive = async (TableName: string, Enabled: boolean, AttributeName: string) => {
    try {
      await engine.call("UpdateTimeToLive", { TableName, TimeToLiveSpecification: { Enabled, AttributeName } });
    } catch (error) {
      // items then outlive their time, as they may on AWS for days
      if (!(error instanceof AwsError) || error.code !== "UnknownOperationException") throw error;
    }
  };
  const describe = async (name: string): Promise<TableDescription | undefined> => {
    try {
      return (await engine.call<{ Table: TableDescription }>("DescribeTable", { TableName: name })).Table;
    } catch (error) {
      if (error instanceof AwsError && error.code === "ResourceNotFoundException") return undefined;
      throw error;
    }
  };
  const computed = async (planned: Attributes): Promise<Attributes> => {
    const name = text(planned.name);
    const description = await describe(name);
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
  };
  return {
    type: "aws_dynamodb_table",
    identity: ({ name }) => optionalText(name),
    plan(planned, prior) {
      if (typeof planned.name === "string") planned.arn = tableArn(planned.name);
      const streamChanges =
        prior !== null && ["stream_enabled", "stream_view_type"].some((name) => planned[name] !== prior[name]);
      if (streamChanges) Object.assign(planned, { stream_arn: UNKNOWN, stream_label: UNKNOWN });
    },
    async create(planned) {
      await engine.call("CreateTable", tableDefinition(planned));
      await settled(async () => (await describe(text(planned.name)))?.TableStatus === "ACTIVE");
      const { Enabled, AttributeName } = timeToLive(planned);
      if (Enabled) await setTimeToLive(text(planned.name), Enabled, AttributeName);
      return computed(planned);
    },
    async update(planned, prior) {
      const name = text(prior.name);
      const changes = (...arguments_: string[]) =>
        arguments_.some((argument) => !isDeepStrictEqual(planned[argument] ?? null, prior[argument] ?? null));
      if (changes(...FIXED)) {
        throw new AwsError(
          "ValidationException",
          `${FIXED.join(", ")} of the table ${name} cannot be changed in place.`,
        );
      }
      if (changes("billing_mode", "read_capacity", "write_capacity")) await updateTable(name, billing(planned));
      if (changes("table_class")) await updateTable(name, { TableClass: text(planned.table_class) || "STANDARD" });
      if (changes("stream_enabled", "stream_view_type")) {
        if (prior.stream_enabled === true) await updateTable(name, { StreamSpecification: { StreamEnabled: false } });
        if (planned.stream_enabled === true) await updateTable(name, { StreamSpecification: stream(planned) });
      }
      if (changes("deletion_protection_enabled")) {
        await updateTable(name, { DeletionProtectionEnabled: planned.deletion_protection_enabled === true });
      }
      for (const change of indexChanges(planned, prior)) await updateTable(name, change);
      if (changes("ttl")) {
        const { Enabled, AttributeName } = timeToLive(planned);
        await setTimeToLive(name, Enabled, Enabled ? AttributeName : timeToLive(prior).AttributeName);
      }
      return computed(planned);
    },
    start: (attributes) => void settings.set(text(attributes.name), tableSettings(attributes)),
    async read({ name }) {
      return (await describe(text(name))) ? {} : null;
    },
    async delete({ name }) {
      await engine.call("DeleteTable", { TableName: text(name) });
      await settled(async () => !(await describe(text(name))));
      settings.delete(text(name));
    },
  };
}

/** Waits for what an engine does a moment after its answer, as the real provider waits for the table. */
async function settled(isSettled: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500 && !(await isSettled()); tries += 1) await setTimeout(10);
}

/** The changes of a table's global indexes, one a call as `UpdateTable` wants them. */
function indexChanges(planned: Attributes, prior: Attributes): object[] {
  const [before, after] = [globalIndexes(prior), globalIndexes(planned)];
  const shape = (index: Attributes | undefined) =>
    index && [index.hash_key, index.range_key, index.projection_type, index.non_key_attributes];
  const isSame = (name: string) => isDeepStrictEqual(shape(before.get(name)), shape(after.get(name)));
  const removed = [...before.keys()].filter((name) => !isSame(name));
  const added = [...after].filter(([name]) => !isSame(name));
  return [
    ...removed.map((IndexName) => ({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] })),
    ...added.map(([, index]) => ({
      AttributeDefinitions: attributeDefinitions(planned),
      GlobalSecondaryIndexUpdates: [{ Create: globalIndex(index, planned) }],
    })),
  ];
}
