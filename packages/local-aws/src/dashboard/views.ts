/**
 * What each page of the dashboard shows. The server sends it as JSON, and the browser renders it; so this file has
 * types only. Times are milliseconds since the epoch.
 */
import type { DashboardContent } from "./content.ts";

export interface OverviewView extends Pick<DashboardContent, "title" | "systems" | "notes"> {
  readonly stacks: number;
  readonly resources: number;
  readonly functions: number;
  readonly queuedMessages: number;
  readonly deadLetters: number;
  readonly requests: readonly RequestView[];
  readonly failures: readonly FailureView[];
  readonly notifications: readonly NotificationView[];
}

export interface StackView {
  readonly name: string;
  /** `deploying` while a Terraform holds its lock. */
  readonly status: "deployed" | "deploying" | "tainted" | "empty";
  readonly resources: number;
  readonly changedAt: number;
  readonly serial: number;
  readonly terraformVersion: string;
  readonly lock?: StackLockView | undefined;
}

export interface StackLockView {
  readonly operation: string;
  readonly who: string;
  readonly created: string;
}

export interface StackDetailView extends StackView {
  readonly key: string;
  readonly outputs: readonly { readonly name: string; readonly value: unknown }[];
  readonly members: readonly StackMemberView[];
  readonly history: readonly StackChangeView[];
}

export interface StackMemberView {
  readonly address: string;
  readonly type: string;
  readonly id: string;
  readonly tainted: boolean;
  /** Of its page; undefined for data sources and resources of other providers. */
  readonly resource: string | undefined;
}

/** A state compared with the one before it. */
export interface StackChangeView {
  readonly serial: number;
  readonly at: number;
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export interface StacksView {
  readonly configured: boolean;
  readonly stacks: readonly StackView[];
  readonly selected?: StackDetailView | undefined;
}

export interface ResourceView {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly stack: string | undefined;
  readonly address: string | undefined;
}

export interface ResourcesView {
  readonly types: readonly { readonly type: string; readonly count: number }[];
  readonly stacks: readonly string[];
  readonly total: number;
  readonly matching: number;
  readonly resources: readonly ResourceView[];
  readonly selected?: (ResourceView & { readonly attributes: Readonly<Record<string, unknown>> }) | undefined;
}

export interface LogEventView {
  readonly at: number;
  readonly group: string;
  readonly stream: string;
  readonly message: string;
  readonly level: "debug" | "info" | "warn" | "error" | undefined;
}

export interface LogGroupView {
  readonly name: string;
  /** The function that writes it. */
  readonly functionName: string | undefined;
  readonly retentionInDays: number | undefined;
  readonly lastWrittenAt: number | undefined;
}

export interface LogsView {
  readonly groups: readonly LogGroupView[];
  /** The newest of those that match, oldest first. */
  readonly events: readonly LogEventView[];
  readonly truncated: boolean;
}

export interface NotificationView {
  readonly id: string;
  readonly at: number;
  readonly topic: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly deliveries: readonly {
    readonly protocol: string;
    readonly endpoint: string;
    readonly outcome: "delivered" | "unconfirmed" | "filtered" | "failed";
    readonly reason?: string | undefined;
  }[];
}

export interface NotificationsView {
  readonly topics: readonly string[];
  /** Newest first. */
  readonly notifications: readonly NotificationView[];
}

export interface QueueView {
  readonly name: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly oldestSentAt: number | undefined;
  readonly consumers: readonly string[];
  readonly deadLetterQueue: string | undefined;
  readonly maxReceiveCount: number | undefined;
  /** The queues whose dead letters it gets. */
  readonly deadLettersOf: readonly string[];
}

export interface QueueMessageView {
  readonly id: string;
  readonly sentAt: number;
  readonly state: "visible" | "in flight" | "delayed";
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface QueuesView {
  readonly queues: readonly QueueView[];
  readonly selected?:
    | (QueueView & {
        readonly arn: string;
        readonly visibilityTimeoutSeconds: number;
        readonly retentionSeconds: number;
        /** The oldest ones. */
        readonly messages: readonly QueueMessageView[];
      })
    | undefined;
}

export interface TableView {
  readonly name: string;
  readonly items: number;
  readonly keys: readonly string[];
}

export interface TablesView {
  readonly tables: readonly TableView[];
  readonly selected?:
    | {
        readonly name: string;
        /** The keys first. */
        readonly columns: readonly string[];
        readonly rows: readonly Readonly<Record<string, unknown>>[];
        /** For the next page. */
        readonly next: string | undefined;
      }
    | undefined;
}

export interface BucketView {
  readonly name: string;
  readonly createdAt: number;
  readonly keys: number;
  readonly versioning: string;
}

export interface ObjectView {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
  readonly contentType: string;
  readonly versions: number;
  readonly deleted: boolean;
}

export interface ObjectVersionView {
  readonly versionId: string;
  readonly modifiedAt: number;
  readonly size: number;
  readonly etag: string;
  readonly deleteMarker: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface BucketsView {
  readonly buckets: readonly BucketView[];
  readonly selected?:
    | {
        readonly name: string;
        readonly prefix: string;
        readonly folders: readonly string[];
        readonly objects: readonly ObjectView[];
        /** For the next page. */
        readonly next: string | undefined;
        readonly object?: { readonly key: string; readonly versions: readonly ObjectVersionView[] } | undefined;
      }
    | undefined;
}

export interface RequestView {
  readonly id: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** Undefined when the connection was closed before a response. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** The API, distribution or load balancer that was called. */
  readonly entrance: string;
  /** CloudFront sent the request to its origin. */
  readonly fromCloudFront: boolean;
  readonly servedBy: string | undefined;
  /** If a function served it. */
  readonly functionName: string | undefined;
}

export interface FailureView {
  readonly id: string;
  readonly at: number;
  readonly functionName: string;
  readonly errorType: string;
  readonly message: string;
}

export interface RequestsView {
  /** Newest first, like the failures. */
  readonly requests: readonly RequestView[];
  readonly failures: readonly FailureView[];
}

export type RequestsItem = { readonly request: RequestView } | { readonly failure: FailureView };

/** The body of a response that is not 200. */
export interface ProblemView {
  readonly message: string;
}
