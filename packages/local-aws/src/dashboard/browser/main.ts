import { currentPlace, onNavigation, type Place } from "./address.ts";
import { placeWidgets } from "./charts/grid.ts";
import { h } from "./dom.ts";
import { listen } from "./live.ts";
import { morph } from "./morph.ts";
import { type AnyPageView, isPageName, pageViews } from "./pages/index.ts";
import { empty } from "./parts.ts";
import { createShell } from "./shell.ts";

/** Ages such as "3 min. ago" are written again this often. */
const AGE_INTERVAL_MS = 15_000;
/** A log that is scrolled to within this of its end follows what is added. */
const FOLLOW_PIXELS = 60;

const title = document.body.dataset.title ?? "";
const shell = createShell(title);

let shown: { readonly place: Place; readonly page: AnyPageView; view?: unknown; problem?: string } | undefined;
let stopListening = (): void => {};

function open(isNavigation: boolean): void {
  const place = currentPlace();
  const name = place.page;
  stopListening();
  if (!isPageName(name)) {
    shown = undefined;
    document.title = `Not found · ${title}`;
    replaceContent(empty("There is no such page", h("a", { href: "/dashboard/" }, "Go to the overview"), "."));
    return;
  }
  const page: AnyPageView = pageViews[name];
  const isSamePage = shown?.page === page;
  // The view of before stays until the new one has come, so that a filter does not make the page flicker.
  const current = { place, page, view: isSamePage ? shown?.view : undefined } as NonNullable<typeof shown>;
  shown = current;
  document.title = `${page.title} · ${title}`;
  shell.show(name);
  if (!isSamePage) {
    shell.main.replaceChildren();
    render();
    scrollTo(0, 0);
    if (isNavigation) shell.main.focus({ preventScroll: true });
  }
  stopListening = listen(place, {
    view(view) {
      current.view = view;
      delete current.problem;
      render();
    },
    items(items) {
      if (page.add) current.view = page.add(current.view, items);
      render();
    },
    problem(message) {
      current.problem = message;
      render();
    },
    connection,
  });
}

function connection(state: "open" | "lost" | "ended"): void {
  if (state === "open") shell.connection("Live", "good");
  if (state === "lost") shell.connection("Not connected. Is the deployment still running? Trying again …", "bad");
  if (state === "ended") {
    shell.connection("The deployment has ended or was started again. Open the address that the new one prints.", "bad");
  }
}

function render(): void {
  if (!shown) return;
  const { page, view, problem, place } = shown;
  const tools = view === undefined ? undefined : page.tools?.(view, place.query);
  const header = h(
    "header",
    { class: "page-header" },
    h("div", {}, h("h1", {}, page.title), h("p", { class: "muted" }, page.summary)),
    tools && h("search", { class: "tools" }, tools),
  );
  const body = problem === undefined ? view !== undefined && page.render(view, place.query) : problemPart(problem);
  replaceContent(header, body || h("p", { class: "loading" }, "Loading …"));
}

function problemPart(message: string): HTMLElement {
  const { pathname } = location;
  return h(
    "div",
    { class: "problem", role: "alert" },
    empty(message, h("a", { href: pathname }, "Show the whole page"), "."),
  );
}

function replaceContent(...children: readonly Node[]): void {
  const log = shell.main.querySelector("[data-follow]");
  const follows = !log || log.scrollHeight - log.scrollTop - log.clientHeight < FOLLOW_PIXELS;
  morph(shell.main, h("main", { id: "content", tabindex: -1 }, ...children));
  const after = shell.main.querySelector("[data-follow]");
  if (after && follows) after.scrollTop = after.scrollHeight;
}

placeWidgets();
shell.connection("Connecting …", "neutral");
onNavigation(() => open(true));
open(false);
setInterval(render, AGE_INTERVAL_MS);
