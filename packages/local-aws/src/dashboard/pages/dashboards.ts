import { DashboardBodyError, parseDashboardBody } from "../../aws/cloudwatch/dashboard-body.ts";
import { AwsError } from "../../runtime/error.ts";
import type { DashboardDetailView, DashboardsView, WidgetView } from "../cloudwatch-views.ts";
import type { DashboardSources } from "../sources.ts";
import { type TimeRange, widgetView } from "./dashboard-widgets.ts";
import type { Page } from "./page.ts";

type Sources = Pick<DashboardSources, "cloudWatch" | "clock">;

/** What the page can show, and how often its values are read, in seconds. Metrics are kept for three hours. */
const RANGES: readonly { readonly seconds: number; readonly refresh: number }[] = [
  { seconds: 900, refresh: 2 },
  { seconds: 3_600, refresh: 5 },
  { seconds: 10_800, refresh: 20 },
];
const DEFAULT_RANGE = "900";

/** The dashboards of CloudWatch, with the metrics of the local AWS. */
export function dashboardsPage(sources: Sources): Page<DashboardsView> {
  const { cloudWatch, clock } = sources;
  let last: { readonly key: string; readonly view: DashboardDetailView } | undefined;
  return {
    read(query) {
      const names = cloudWatch.dashboards.all().map(({ name }) => name);
      // That of all systems, if a name says so.
      const standard = names.find((name) => name.includes("overview")) ?? names[0];
      const name = query.get("dashboard") ?? standard;
      const { seconds, refresh } = rangeOf(query.get("range") ?? DEFAULT_RANGE);
      const to = Math.ceil(clock.now() / 1_000 / refresh) * refresh * 1_000;
      const range = { from: to - seconds * 1_000, to };
      return {
        dashboards: names,
        ranges: RANGES.map((known) => known.seconds),
        range: seconds,
        selected: name === undefined ? undefined : read(name, range),
      };
    },
  };

  /** Reads a dashboard once per refresh, however often the page is read. */
  function read(name: string, range: TimeRange): DashboardDetailView {
    const { body } = cloudWatch.dashboards.get(name);
    const states = cloudWatch.alarms.all().map(({ alarm, since }) => [alarm.name, since]);
    const key = JSON.stringify([name, range, body, states]);
    if (last?.key !== key) {
      last = { key, view: { name, ...range, widgets: widgetViews(body, range) } };
    }
    return last.view;
  }

  function widgetViews(body: string, range: TimeRange): WidgetView[] {
    try {
      return parseDashboardBody(body).map((widget) => widgetView(widget, range, cloudWatch));
    } catch (error) {
      if (!(error instanceof DashboardBodyError)) throw error;
      const { message } = error;
      return [{ x: 0, width: 24, content: { kind: "problem", title: "The dashboard cannot be shown", message } }];
    }
  }
}

function rangeOf(seconds: string): (typeof RANGES)[number] {
  const range = RANGES.find((known) => String(known.seconds) === seconds);
  if (range) return range;
  const known = RANGES.map((one) => one.seconds).join(", ");
  throw new AwsError("InvalidRange", `The range has one of these numbers of seconds: ${known}.`);
}
