import type { DashboardSources } from "../sources.ts";
import { bucketsPage } from "./buckets.ts";
import { dashboardsPage } from "./dashboards.ts";
import { logsPage } from "./logs.ts";
import { notificationsPage } from "./notifications.ts";
import { overviewPage } from "./overview.ts";
import type { Page } from "./page.ts";
import { queuesPage } from "./queues.ts";
import { requestsPage } from "./requests.ts";
import { resourcesPage } from "./resources.ts";
import { stacksPage } from "./stacks.ts";
import { States } from "./states.ts";
import { tablesPage } from "./tables.ts";
import { tracesPage } from "./traces.ts";

/** The pages by the name in their address. `browser/pages/index.ts` has the same names. */
export function dashboardPages(sources: DashboardSources): ReadonlyMap<string, Page<unknown, unknown>> {
  const states = new States(sources);
  return new Map<string, Page<unknown, unknown>>([
    ["overview", overviewPage(sources, states)],
    ["stacks", stacksPage(states)],
    ["resources", resourcesPage(sources, states)],
    ["requests", requestsPage(sources)],
    ["traces", tracesPage(sources)],
    ["logs", logsPage(sources)],
    ["dashboards", dashboardsPage(sources)],
    ["notifications", notificationsPage(sources)],
    ["queues", queuesPage(sources)],
    ["tables", tablesPage(sources)],
    ["buckets", bucketsPage(sources)],
  ]);
}
