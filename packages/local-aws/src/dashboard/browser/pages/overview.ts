import type { DashboardExample, DashboardNote, DashboardSystem } from "../../content.ts";
import type { OverviewView } from "../../views.ts";
import { addressOf } from "../address.ts";
import { type Child, h, icon } from "../dom.ts";
import { formatCount } from "../format.ts";
import { ICONS } from "../icons.ts";
import { card, command, empty } from "../parts.ts";
import { notificationItem } from "./notifications.ts";
import type { PageView } from "./page-view.ts";
import { failureList, recentTable } from "./requests.ts";

export const overview: PageView<OverviewView> = {
  title: "Overview",
  summary: "What runs on this machine.",
  render: (view) =>
    h(
      "div",
      { class: "stack" },
      tiles(view),
      (view.systems ?? []).length > 0 && systems(view),
      notes(view.notes ?? []),
      view.failures.length > 0 && card("Failures of functions", failureList(view.failures)),
      h("div", { class: "columns" }, recentRequests(view), recentNotifications(view)),
    ),
};

function tiles({ stacks, resources, functions, queuedMessages, deadLetters }: OverviewView): HTMLElement {
  return h(
    "ul",
    { class: "tiles" },
    tile("Stacks", stacks, addressOf("stacks")),
    tile("Resources", resources, addressOf("resources")),
    tile("Functions", functions, addressOf("resources", { type: "aws_lambda_function" })),
    tile("Queued messages", queuedMessages, addressOf("queues")),
    tile("Dead letters", deadLetters, addressOf("queues"), deadLetters > 0),
  );
}

function tile(label: string, value: number, href: string, isBad = false): HTMLElement {
  return h(
    "li",
    {},
    h("a", { class: isBad ? "tile bad" : "tile", href }, h("strong", {}, formatCount(value)), h("span", {}, label)),
  );
}

function systems({ systems = [] }: OverviewView): HTMLElement {
  return h(
    "section",
    { "aria-labelledby": "systems" },
    h("h2", { id: "systems", class: "section" }, "Systems"),
    h("div", { class: "systems" }, systems.map(systemCard)),
  );
}

function systemCard({ name, description, access, links = [], examples = [] }: DashboardSystem): HTMLElement {
  return h(
    "article",
    { class: "card system", "data-key": name },
    h("h3", {}, name),
    h("p", { class: "muted" }, description),
    links.length > 0 &&
      h(
        "p",
        { class: "links" },
        links.map(({ label, url }) =>
          h(
            "a",
            { class: "button", href: url, target: "_blank", rel: "noreferrer" },
            label,
            icon(ICONS.external),
            h("span", { class: "visually-hidden" }, " (new tab)"),
          ),
        ),
      ),
    access && accessBox(access),
    examples.length > 0 && h("div", { class: "examples" }, examples.map(example(name))),
  );
}

function accessBox({ title, text, commands = [] }: DashboardNote): HTMLElement {
  return h(
    "section",
    { class: "access", "aria-label": title },
    h("h4", {}, title),
    h("p", {}, text),
    commands.map((line) => command(line, title)),
  );
}

function example(system: string) {
  return ({ label, command: line }: DashboardExample): Child =>
    h("div", {}, h("p", { class: "label" }, label), command(line, `${system}, ${label}`));
}

function notes(all: readonly DashboardNote[]): Child {
  return (
    all.length > 0 &&
    h(
      "div",
      { class: "columns" },
      all.map(({ title, text, commands = [] }) =>
        card(
          title,
          h("p", { class: "muted" }, text),
          commands.map((line) => command(line, title)),
        ),
      ),
    )
  );
}

function recentRequests({ requests }: OverviewView): HTMLElement {
  return card(
    h("a", { href: addressOf("requests") }, "Last requests"),
    requests.length === 0
      ? empty("No requests yet", "Open a system, or paste one of its examples into a terminal.")
      : recentTable(requests),
  );
}

function recentNotifications({ notifications }: OverviewView): HTMLElement {
  return card(
    h("a", { href: addressOf("notifications") }, "Last notifications"),
    notifications.length === 0
      ? empty("Nothing was sent", "Alarms and other messages of SNS topics appear here.")
      : h("div", { class: "items" }, notifications.map(notificationItem)),
  );
}
