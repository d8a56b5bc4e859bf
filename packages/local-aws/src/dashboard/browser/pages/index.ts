import type { ICONS } from "../icons.ts";
import { buckets } from "./buckets.ts";
import { dashboards } from "./dashboards.ts";
import { logs } from "./logs.ts";
import { notifications } from "./notifications.ts";
import { overview } from "./overview.ts";
import type { PageView } from "./page-view.ts";
import { queues } from "./queues.ts";
import { requests } from "./requests.ts";
import { resources } from "./resources.ts";
import { stacks } from "./stacks.ts";
import { tables } from "./tables.ts";
import { traces } from "./traces.ts";

/** What a page renders is what the server sends under its name, so the names connect the types. */
// biome-ignore lint/suspicious/noExplicitAny: the types of a page's own view are checked where the page is written.
export type AnyPageView = PageView<any, any>;

/** The pages by the name in their address, in the order of the navigation. */
export const pageViews = {
  overview,
  stacks,
  resources,
  requests,
  traces,
  dashboards,
  logs,
  notifications,
  queues,
  tables,
  buckets,
} as const satisfies Readonly<Partial<Record<keyof typeof ICONS, AnyPageView>>>;

export type PageName = keyof typeof pageViews;

/** The groups of the navigation. */
export const groups: readonly { readonly label: string; readonly pages: readonly PageName[] }[] = [
  { label: "Deployment", pages: ["overview", "stacks", "resources"] },
  { label: "Activity", pages: ["requests", "traces", "dashboards", "logs", "notifications"] },
  { label: "Data", pages: ["queues", "tables", "buckets"] },
];

export function isPageName(name: string): name is PageName {
  return Object.hasOwn(pageViews, name);
}
