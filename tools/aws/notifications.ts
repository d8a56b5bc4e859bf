import type { SlackContent } from "./slack-rules.ts";

export interface ReceivedSlackMessage extends SlackContent {
  /** ISO 8601. */
  readonly receivedAt: string;
}

/** An alert, with the last event that was applied to it. */
export interface PagerDutyAlert {
  readonly dedupKey: string;
  readonly status: "triggered" | "acknowledged" | "resolved";
  readonly summary: string;
  readonly severity: string;
  readonly triggers: number;
  readonly links: readonly { readonly href: string; readonly text?: string | undefined }[];
  readonly customDetails: Readonly<Record<string, unknown>>;
  readonly changedAt: string;
}

/** What both emulations have received, newest first. */
export interface Notifications {
  readonly slack: readonly ReceivedSlackMessage[];
  readonly pagerDuty: readonly PagerDutyAlert[];
}
