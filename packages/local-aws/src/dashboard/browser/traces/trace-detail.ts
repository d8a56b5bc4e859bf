import type { TraceDetailView, TraceLinkView } from "../../trace-views.ts";
import { addressOf } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { formatDuration, formatFull, plural } from "../format.ts";
import { code, copyButton, detail, facts, link } from "../parts.ts";
import { statusBadge } from "./status.ts";
import { waterfall } from "./waterfall.ts";

/** One trace: what it is about, and when each of its parts ran. */
export function traceDetail(trace: TraceDetailView): HTMLElement {
  const { id, name, at, milliseconds, status, url, user, sources, continuations, spans } = trace;
  const entries: (readonly [string, Child])[] = [
    ["Trace", h("span", { class: "with-copy" }, code(id), copyButton(id, "the trace ID"))],
    ["Status", statusBadge(status)],
    ["Time", `${formatFull(at)}, ${formatDuration(milliseconds)}`],
  ];
  if (url !== undefined) entries.push(["URL", code(url)]);
  if (user !== undefined) entries.push(["User", user]);
  if (sources.length > 0) entries.push(["Continues", sources.map(linkTo)]);
  if (continuations.length > 0) entries.push(["Continued by", continuations.map(linkTo)]);
  return detail(
    name,
    { trace: undefined },
    facts(entries),
    trace.limitExceeded && h("p", { class: "notice" }, "The trace is larger than 500 KB; later segments are missing."),
    h("p", {}, h("a", { class: "button", href: addressOf("logs", { q: id }) }, "Logs of this trace")),
    h("h3", {}, plural(spans.length, "segment and subsegment", "segments and subsegments")),
    waterfall(spans, milliseconds),
  );
}

function linkTo({ id, name }: TraceLinkView): HTMLElement {
  return name === undefined ? code(id) : link({ trace: id }, {}, name);
}
