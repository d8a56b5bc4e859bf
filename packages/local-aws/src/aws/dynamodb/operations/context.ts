import type { Clock } from "../../../runtime/clock.ts";
import type { MetricSink } from "../../cloudwatch/metric-sink.ts";
import type { Engine } from "../engines/engine.ts";
import type { TableKeys } from "../table-keys.ts";
import type { TableSettings } from "../table-settings.ts";

/** The dependencies of the operations. */
export interface DynamoDbContext {
  readonly engine: Engine;
  readonly keys: TableKeys;
  /** By table name. */
  readonly settings: ReadonlyMap<string, TableSettings>;
  readonly clock: Clock;
  readonly metrics: MetricSink;
}
