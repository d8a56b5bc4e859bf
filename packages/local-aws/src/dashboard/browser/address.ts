/** Below which the server serves the pages. */
const BASE = "/dashboard/";

/** The page and its query that the address names. */
export interface Place {
  readonly page: string;
  readonly query: URLSearchParams;
}

export type Query = Readonly<Record<string, string | undefined>>;

export function currentPlace(): Place {
  return { page: location.pathname.slice(BASE.length) || "overview", query: new URLSearchParams(location.search) };
}

/** The address of a page. Members of the query that are empty are left out. */
export function addressOf(page: string, query: Query = {}): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const search = new URLSearchParams(given).toString();
  return `${BASE}${page === "overview" ? "" : page}${search === "" ? "" : `?${search}`}`;
}

/** The address of the same page with some members of its query changed. */
export function changedAddress({ page, query }: Place, changes: Query): string {
  return addressOf(page, { ...Object.fromEntries(query), ...changes });
}

export function apiAddress({ page, query }: Place): string {
  const search = query.toString();
  return `${BASE}api/${page}${search === "" ? "" : `?${search}`}`;
}

/** Goes to another address of the dashboard without loading a document. */
export function navigate(address: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}

/** Calls back when the address changes, by a link, a filter, or the browser's buttons. */
export function onNavigation(callback: () => void): void {
  addEventListener("popstate", callback);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isOurs = link?.origin === location.origin && link.pathname.startsWith(BASE) && link.target === "";
    if (!link || !isOurs || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey) return;
    if (event.shiftKey || event.altKey || link.hash !== "") return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}
