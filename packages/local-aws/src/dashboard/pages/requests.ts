import type { DashboardSources } from "../sources.ts";
import type { RequestsView, RequestView } from "../views.ts";
import { matches, type Page } from "./page.ts";

/** The last requests to the deployment, newest first, and new ones as they are answered. */
export function requestsPage({ requests }: Pick<DashboardSources, "requests">): Page<RequestsView, RequestView> {
  return {
    read(query) {
      return { requests: requests.all().filter((request) => isChosen(query, request)) };
    },
    follow(query, add) {
      return requests.follow((request) => {
        if (isChosen(query, request)) add(request);
      });
    },
  };
}

function isChosen(query: URLSearchParams, { method, path, status, target, functionName }: RequestView): boolean {
  const failed = query.get("failed") === null || status >= 400;
  return failed && matches(query.get("q"), `${method} ${path}`, String(status), target, functionName);
}
