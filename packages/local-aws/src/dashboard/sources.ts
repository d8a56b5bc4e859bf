import type { Records } from "../provider/records.ts";
import type { ProviderSchema } from "../provider/schema.ts";
import type { Clock } from "../runtime/clock.ts";
import type { ServiceContents } from "../services.ts";
import type { DashboardContent } from "./content.ts";
import type { RequestLog } from "./request-log.ts";

/** Where the pages read what they show. Nothing here changes anything but for the redrive of dead letters. */
export interface DashboardSources {
  /** What the project says; it may change while the dashboard is open. */
  readonly content: () => DashboardContent;
  readonly records: Pick<Records, "all" | "get" | "ofType">;
  readonly schemas: ProviderSchema["resource_schemas"];
  readonly requests: RequestLog;
  readonly buckets: Pick<ServiceContents["buckets"], "store" | "read">;
  readonly logs: Pick<ServiceContents["logs"], "groups" | "group" | "streams" | "events" | "follow" | "lastWrittenAt">;
  readonly queues: ServiceContents["queues"];
  readonly sentMessages: Pick<ServiceContents["sentMessages"], "all" | "follow">;
  readonly cloudWatch: {
    readonly dashboards: Pick<ServiceContents["cloudWatch"]["dashboards"], "all" | "get">;
    readonly alarms: Pick<ServiceContents["cloudWatch"]["alarms"], "all">;
    readonly metrics: ServiceContents["cloudWatch"]["metrics"];
    periodMilliseconds(seconds: number): number;
  };
  readonly clock: Clock;
  readonly tables: Pick<ServiceContents["tables"], "call">;
  readonly traces: Pick<ServiceContents["traces"], "all">;
}
