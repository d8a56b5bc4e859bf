import { createHash } from "node:crypto";
import type { Severity } from "../../lib/alarms/alarm-description.ts";
import type { AlarmChange } from "./alarm-change.ts";
import { describeDimensions, describeMetric, describeThreshold, graphUrl, isLink } from "./describe-change.ts";

/**
 * The members in use of an alert event:
 * https://github.com/PagerDuty/developer-docs/blob/main/docs/events-API-v2/02-Trigger-Events.md
 */
export interface PagerDutyEvent {
  readonly event_action: "trigger" | "resolve";
  readonly dedup_key: string;
  readonly payload?: {
    readonly summary: string;
    readonly source: string;
    readonly severity: Severity;
    readonly timestamp: string;
    readonly component?: string;
    readonly group: string;
    readonly class?: string;
    readonly custom_details: Readonly<Record<string, string>>;
  };
  readonly links?: readonly { readonly href: string; readonly text: string }[];
  readonly client?: string;
  readonly client_url?: string;
}

/** Limits in characters, of the same page. Those of the other members are not documented; the texts are cut anyway. */
const SUMMARY = 1024;
const DEDUP_KEY = 255;
const DETAIL = 1024;
const HASH_CHARACTERS = 64;

/** The event that opens or resolves the alert of an alarm. */
export function pagerDutyEvent(change: AlarmChange, environment: string): PagerDutyEvent {
  const dedup_key = dedupKey(change.arn);
  if (change.state !== "ALARM") return { event_action: "resolve", dedup_key };
  const { name, text, severity, changedAt, metric, runbook, reason, account, region } = change;
  return {
    event_action: "trigger",
    dedup_key,
    payload: {
      summary: cut(`${environment}: ${text || name} (${name})`, SUMMARY),
      source: cut((metric && describeDimensions(metric)) || name, DETAIL),
      severity,
      timestamp: changedAt,
      group: environment,
      ...(metric && { component: cut(metric.namespace || name, DETAIL), class: cut(metric.name || name, DETAIL) }),
      custom_details: {
        alarm: cut(name, DETAIL),
        account,
        region,
        reason: cut(reason, DETAIL),
        ...(metric && {
          metric: cut(describeMetric(metric), DETAIL),
          value: metric.value === undefined ? "no data" : String(metric.value),
          threshold: cut(describeThreshold(metric), DETAIL),
        }),
        ...(runbook !== undefined && { runbook: cut(runbook, DETAIL) }),
      },
    },
    links: [
      { href: graphUrl(change), text: "Graph" },
      ...(runbook !== undefined && isLink(runbook) ? [{ href: runbook, text: "Runbook" }] : []),
    ],
    client: `CloudWatch, ${environment}`,
    client_url: graphUrl(change),
  };
}

/** The ARN of the alarm, or its beginning and its hash where PagerDuty would reject the length. */
export function dedupKey(arn: string): string {
  if (arn.length <= DEDUP_KEY) return arn;
  const hash = createHash("sha256").update(arn).digest("hex");
  return `${arn.slice(0, DEDUP_KEY - HASH_CHARACTERS - 1).toWellFormed()}#${hash}`;
}

function cut(text: string, maximum: number): string {
  const wellFormed = text.toWellFormed();
  return wellFormed.length <= maximum ? wellFormed : `${wellFormed.slice(0, maximum - 1).toWellFormed()}…`;
}
