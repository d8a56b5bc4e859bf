import type { AlarmChange } from "./alarm-change.ts";
import type { BudgetNotice } from "./budget-notice.ts";
import {
  alarmsUrl,
  describeDimensions,
  describeMetric,
  describeThreshold,
  graphUrl,
  isLink,
} from "./describe-change.ts";

/** The members in use of a message: https://docs.slack.dev/reference/block-kit/blocks */
export interface SlackMessage {
  /** Shown in notifications, in place of the blocks. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | { readonly type: "header"; readonly text: { readonly type: "plain_text"; readonly text: string } }
  | { readonly type: "section"; readonly text?: Markdown; readonly fields?: readonly Markdown[] }
  | { readonly type: "context"; readonly elements: readonly Markdown[] };

interface Markdown {
  readonly type: "mrkdwn";
  readonly text: string;
}

/**
 * Limits in characters:
 * https://docs.slack.dev/reference/block-kit/blocks/header-block
 * https://docs.slack.dev/reference/block-kit/blocks/section-block
 */
const HEADER = 150;
const SECTION = 3000;
const FIELD = 2000;
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

const BUDGETS = "https://console.aws.amazon.com/billing/home#/budgets";

/** The message about the cost of the account. */
export function budgetMessage({ budget, kind, budgeted, threshold, amount }: BudgetNotice): SlackMessage {
  const title = `💰 Budget: ${budget}`;
  const cost = kind === "actual" ? `The cost of this month is ${amount}` : `The cost of this month will be ${amount}`;
  const what = `${cost}, above ${threshold} of a budget of ${budgeted}.`;
  return {
    text: `${markdown(title, HEADER * 5)}: ${markdown(what, SECTION)}`,
    blocks: [
      { type: "header", text: { type: "plain_text", text: plain(title, HEADER) } },
      { type: "section", text: { type: "mrkdwn", text: markdown(what, SECTION) } },
      { type: "section", text: { type: "mrkdwn", text: link(BUDGETS, "Budgets", FIELD) } },
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

const context = (text: string): SlackBlock => ({ type: "context", elements: [{ type: "mrkdwn", text }] });

/** `<url|label>`; empty when it is too long, because a cut URL leads elsewhere. */
function link(url: string, label: string, maximum: number): string {
  const text = `<${escapeCharacters(url.replaceAll("|", "%7C"))}|${label}>`;
  return text.length <= maximum ? text : "";
}

/** Text without formatting, cut at the limit. */
function plain(text: string, maximum: number): string {
  return cut(text, maximum, (character) => character);
}

/**
 * Text in which the control characters of mrkdwn are escaped, cut at the limit, which counts the escape sequences:
 * https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
function markdown(text: string, maximum: number): string {
  return cut(text, maximum, escapeCharacters);
}

function escapeCharacters(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, maximum: number, encode: (character: string) => string): string {
  const characters = Array.from(text.toWellFormed(), encode);
  if (characters.join("").length <= maximum) return characters.join("");
  let result = "";
  for (const character of characters) {
    if (result.length + character.length + 1 > maximum) break;
    result += character;
  }
  return `${result}…`;
}
