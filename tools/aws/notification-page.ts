import type { Notifications, PagerDutyAlert, ReceivedSlackMessage } from "./notifications.ts";

const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
article { border: 1px solid #8886; border-radius: .5rem; padding: .5rem 1rem; margin: .5rem 0; overflow-wrap: anywhere }
h3 { margin: 0; font-size: 1rem }
p, ul { margin: .25rem 0; white-space: pre-wrap }
small { opacity: .7 }`;

/** The page with what Slack and PagerDuty have received. It contains no script, and is loaded again every 5 seconds. */
export function notificationPage({ slack, pagerDuty }: Notifications): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width">
<title>Alarms: Slack and PagerDuty</title>
<style>${STYLE}</style>
<h1>Alarms</h1>
<p>What the local Slack and PagerDuty received from the notifier, newest first. As JSON: <a href="/messages">/messages</a></p>
<h2>PagerDuty</h2>
${pagerDuty.map(alert).join("\n") || "<p>No alerts.</p>"}
<h2>Slack</h2>
${slack.map(message).join("\n") || "<p>No messages.</p>"}
</html>`;
}

function alert({ status, severity, summary, triggers, links, dedupKey, changedAt }: PagerDutyAlert): string {
  const list = links.map(({ href, text }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(text ?? href)}</a></li>`);
  return `<article><h3>${escapeHtml(status)}: ${escapeHtml(summary)}</h3>
<p>${escapeHtml(severity)}, triggered ${triggers === 1 ? "once" : `${triggers} times`}</p>
<ul>${list.join("")}</ul>
<small>${escapeHtml(changedAt)} · ${escapeHtml(dedupKey)}</small></article>`;
}

function message({ text, blocks, receivedAt }: ReceivedSlackMessage): string {
  const lines = textsOf(blocks);
  const [title = text, ...rest] = lines;
  return `<article><h3>${escapeHtml(title)}</h3>
${rest.map((line) => `<p>${markup(line)}</p>`).join("\n")}
<small>${escapeHtml(receivedAt)}</small></article>`;
}

/** Every text in the blocks, in order. */
function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== "object" || value === null) return [];
  const { text, fields, elements } = value as { text?: unknown; fields?: unknown; elements?: unknown };
  return [...(typeof text === "string" ? [text] : textsOf(text)), ...textsOf(fields), ...textsOf(elements)];
}

/** Links, dates and bold text of mrkdwn, in which `&`, `<` and `>` are escaped already. */
function markup(text: string): string {
  return text
    .replaceAll('"', "&quot;")
    .replaceAll(/<!date\^[^|>]*\|([^>]*)>/g, "$1")
    .replaceAll(/<(https?:[^|>]*)\|([^>]*)>/g, '<a href="$1">$2</a>')
    .replaceAll(/\*([^*\n]+)\*/g, "<b>$1</b>");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
