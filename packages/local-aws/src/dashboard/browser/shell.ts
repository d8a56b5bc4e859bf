import { addressOf } from "./address.ts";
import { announcer } from "./announcer.ts";
import { h, icon } from "./dom.ts";
import { ICONS } from "./icons.ts";
import { groups, type PageName, pageViews } from "./pages/index.ts";

/** What stays around every page: the title, the navigation, the state of the connection. */
export interface Shell {
  readonly main: HTMLElement;
  /** Marks the page in the navigation, and closes the menu of a narrow window. */
  show(page: PageName): void;
  connection(text: string, tone: "good" | "bad" | "neutral"): void;
}

export function createShell(title: string): Shell {
  const state = h("p", { class: "connection", role: "status" });
  const links = new Map<PageName, HTMLAnchorElement>();
  const navigation = h(
    "nav",
    { id: "navigation", "aria-label": "Pages" },
    groups.map(({ label, pages }) =>
      h(
        "div",
        { class: "nav-group" },
        h("p", {}, label),
        h(
          "ul",
          {},
          pages.map((page) => h("li", {}, remember(links, page))),
        ),
      ),
    ),
  );
  const menu = h(
    "button",
    { class: "button menu", type: "button", "aria-controls": "navigation", "aria-expanded": "false" },
    icon(ICONS.menu),
    "Menu",
  );
  const setOpen = (open: boolean): void => {
    menu.setAttribute("aria-expanded", String(open));
    sidebar.classList.toggle("open", open);
  };
  const brand = h(
    "a",
    { class: "brand", href: addressOf("overview") },
    h("span", { class: "mark" }, icon(ICONS.stacks)),
    title,
  );
  const sidebar = h("header", { class: "sidebar" }, brand, menu, navigation, state);
  menu.onclick = () => setOpen(menu.getAttribute("aria-expanded") !== "true");
  sidebar.onkeydown = (event) => {
    if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
    setOpen(false);
    menu.focus();
  };
  const main = h("main", { id: "content", tabindex: -1 });
  document.body.replaceChildren(
    h("a", { class: "skip", href: "#content" }, "Skip to content"),
    sidebar,
    main,
    announcer,
  );
  return {
    main,
    show(page) {
      setOpen(false);
      for (const [name, link] of links) {
        if (name === page) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
    connection(text, tone) {
      state.className = `connection ${tone}`;
      state.textContent = text;
    },
  };
}

function remember(links: Map<PageName, HTMLAnchorElement>, page: PageName): HTMLAnchorElement {
  const link = h("a", { href: addressOf(page) }, icon(ICONS[page]), pageViews[page].title);
  links.set(page, link);
  return link;
}
