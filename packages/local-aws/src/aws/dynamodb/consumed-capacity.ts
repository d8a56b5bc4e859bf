import type { MetricSink } from "../cloudwatch/metric-sink.ts";
import type { Engine } from "./engines/engine.ts";

/** The metric of the capacity that an action consumes. */
const METRICS: Readonly<Record<string, string>> = {
  BatchGetItem: "ConsumedReadCapacityUnits",
  BatchWriteItem: "ConsumedWriteCapacityUnits",
  DeleteItem: "ConsumedWriteCapacityUnits",
  GetItem: "ConsumedReadCapacityUnits",
  PutItem: "ConsumedWriteCapacityUnits",
  Query: "ConsumedReadCapacityUnits",
  Scan: "ConsumedReadCapacityUnits",
  TransactGetItems: "ConsumedReadCapacityUnits",
  TransactWriteItems: "ConsumedWriteCapacityUnits",
  UpdateItem: "ConsumedWriteCapacityUnits",
};

interface ConsumedCapacity {
  readonly TableName?: string;
  readonly CapacityUnits?: number;
}

interface Output {
  readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[];
}

/**
 * Performs an action, and publishes the capacity that it has consumed.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export async function callMeasured(
  engine: Engine,
  metrics: MetricSink,
  action: string,
  input: Readonly<Record<string, unknown>>,
): Promise<object> {
  const metric = METRICS[action];
  if (metric === undefined) return engine.call(action, input);
  const { ReturnConsumedCapacity: requested = "NONE" } = input;
  const isRequested = requested !== "NONE";
  const measured = isRequested ? input : { ...input, ReturnConsumedCapacity: "TOTAL" };
  const { ConsumedCapacity, ...output } = await engine.call<Output>(action, measured);
  for (const { TableName, CapacityUnits } of [ConsumedCapacity ?? []].flat()) {
    if (TableName !== undefined && CapacityUnits !== undefined) {
      metrics.put("AWS/DynamoDB", { TableName }, { [metric]: CapacityUnits });
    }
  }
  return isRequested ? { ...output, ConsumedCapacity } : output;
}
