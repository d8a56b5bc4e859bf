import type { AlarmChange } from "./alarm-change.ts";
import {
  alarmsUrl,
  describeDimensions,
  describeMetric,
  describeThreshold,
  graphUrl,
  isLink,
} from "./describe-change.ts";
import {
  context,
  FIELD,
  HEADER,
  link,
  type Markdown,
  markdown,
  plain,
  SECTION,
  type SlackBlock,
  type SlackMessage,
} from "./slack-text.ts";

/** Of an alarm in a digest, so that ten fit into a section. */
const DIGEST_LINE = 290;
const LINES_PER_SECTION = 10;
/**
 * Entries of a digest. A message has at most 50 blocks (https://docs.slack.dev/reference/block-kit/blocks), and a longer
 * list would be read by nobody.
 */
const DIGEST_ENTRIES = 200;

const MARKS = { ALARM: "🔴", OK: "🟢", INSUFFICIENT_DATA: "⚪" } as const;
const TITLES = { ALARM: "Alarm", OK: "Cleared", INSUFFICIENT_DATA: "No data" } as const;

/** The message about one change: what, where, since when, value, threshold, and links to the graph and the runbook. */
export function changeMessage(change: AlarmChange, environment: string): SlackMessage {
  const title = `${MARKS[change.state]} ${TITLES[change.state]}: ${change.name}`;
  const what = change.text || change.name;
  return {
    text: `${markdown(title, HEADER * 5)}: ${markdown(what, SECTION)}`,
    blocks: [
      { type: "header", text: { type: "plain_text", text: plain(title, HEADER) } },
      { type: "section", text: { type: "mrkdwn", text: markdown(what, SECTION) } },
      { type: "section", fields: fieldsOf(change, environment) },
      ...(change.reason === "" ? [] : [context(markdown(change.reason, FIELD))]),
      { type: "section", text: { type: "mrkdwn", text: linksOf(change) } },
    ],
  };
}

/**
 * One message about several changes, in their order.
 *
 * @param changes at least one.
 */
export function digestMessage(changes: readonly AlarmChange[], environment: string): SlackMessage {
  const started = changes.filter(({ state }) => state === "ALARM").length;
  const title = `${changes.length} more alarms changed in ${environment}: ${started} started`;
  const shown = changes.slice(-DIGEST_ENTRIES);
  const lines = shown.map((change) => `${MARKS[change.state]} ${digestLine(change)}`);
  const sections = Array.from({ length: Math.ceil(lines.length / LINES_PER_SECTION) }, (_, index) =>
    lines.slice(index * LINES_PER_SECTION, (index + 1) * LINES_PER_SECTION).join("\n"),
  );
  const omitted = changes.length - shown.length;
  const [{ region } = { region: "" }] = changes;
  return {
    text: plain(title, HEADER),
    blocks: [
      { type: "header", text: { type: "plain_text", text: plain(title, HEADER) } },
      ...sections.map((text): SlackBlock => ({ type: "section", text: { type: "mrkdwn", text } })),
      context(
        `${omitted > 0 ? `The ${omitted} earliest are not shown. ` : ""}${link(alarmsUrl(region), "Alarms now", FIELD)}`,
      ),
    ],
  };
}

function digestLine(change: AlarmChange): string {
  const label = markdown(change.name, 80);
  const text = markdown(`${change.changedAt.slice(11, 19)} ${change.text}`, DIGEST_LINE - label.length - 10);
  return `*${label}* ${text}`;
}

function fieldsOf(change: AlarmChange, environment: string): Markdown[] {
  const { metric, severity, changedAt, state, account, region } = change;
  const since = `<!date^${Math.floor(Date.parse(changedAt) / 1000)}^{date_short_pretty} {time_secs}|${changedAt}>`;
  return [
    field("Severity", markdown(severity, FIELD)),
    field(state === "ALARM" ? "Since" : "At", since),
    ...(metric
      ? [
          field("Value", metric.value === undefined ? "no data" : String(metric.value)),
          field("Threshold", markdown(describeThreshold(metric), 1900)),
          field("Metric", markdown(describeMetric(metric), 1900)),
          field("Resource", markdown(describeDimensions(metric), 1900) || "–"),
        ]
      : []),
    field("Where", markdown(`${environment}, account ${account}, ${region}`, 1900)),
  ];
}

function linksOf(change: AlarmChange): string {
  const graph = link(graphUrl(change), "Graph", SECTION / 2) || "Graph: see the console of CloudWatch";
  if (change.runbook === undefined) return graph;
  const runbook = isLink(change.runbook) ? link(change.runbook, "Runbook", SECTION / 2 - 10) : "";
  return `${graph} · ${runbook || `Runbook: ${markdown(change.runbook, SECTION / 2 - 30)}`}`;
}

const field = (name: string, value: string): Markdown => ({ type: "mrkdwn", text: `*${name}*\n${value}` });
