import type { StackChangeView, StackDetailView, StacksView, StackView } from "../../views.ts";
import { addressOf } from "../address.ts";
import { type Child, h } from "../dom.ts";
import { plural, valueText } from "../format.ts";
import { badge, code, detail, empty, facts, link, search, snippet, split, type Tone, table, time } from "../parts.ts";
import type { PageView } from "./page-view.ts";

const TONES: Readonly<Record<StackView["status"], Tone>> = {
  deployed: "good",
  deploying: "accent",
  tainted: "bad",
  empty: "neutral",
};

export const stacks: PageView<StacksView> = {
  title: "Stacks",
  summary: "The Terraform states in the local state bucket.",
  tools: (_, query) => [search("Search stacks", query.get("q"))],
  render: ({ configured, stacks: all, selected }, query) =>
    split(
      all.length > 0 ? stackTable(all, selected?.name) : nothing(configured, query.has("q")),
      selected && stackDetail(selected),
    ),
};

function nothing(configured: boolean, filtered: boolean): HTMLElement {
  if (filtered) return empty("No stack matches", link({ q: undefined }, {}, "Show all stacks"), ".");
  return configured
    ? empty("No stack is deployed", "Deploy one: its state appears here as soon as Terraform writes it.")
    : empty(
        "No state bucket is known",
        "Stacks are shown for projects that keep their states in a local bucket and name it. ",
        h("a", { href: addressOf("resources") }, "Show all resources"),
        ".",
      );
}

function stackTable(all: readonly StackView[], selected: string | undefined): HTMLElement {
  return table(
    all,
    [
      { label: "Stack", cell: ({ name }) => link({ stack: name }, { class: "strong" }, name) },
      { label: "Status", cell: ({ status }) => badge(status, TONES[status]) },
      { label: "Resources", numeric: true, cell: ({ resources }) => resources },
      { label: "Last change", cell: ({ changedAt }) => time(changedAt) },
    ],
    { label: "Stacks", key: ({ name }) => name, isSelected: ({ name }) => name === selected },
  );
}

function stackDetail(stack: StackDetailView): HTMLElement {
  const { name, status, serial, terraformVersion, changedAt, lock, outputs, members, history, key } = stack;
  return detail(
    name,
    { stack: undefined },
    facts([
      ["Status", badge(status, TONES[status])],
      ["Last change", time(changedAt)],
      ["Serial", serial],
      ["Terraform", terraformVersion],
      ["State", code(key)],
    ]),
    lock && h("p", { class: "notice" }, `${lock.who} holds the lock for ${lock.operation} since ${lock.created}.`),
    h("h3", {}, "Changes"),
    h("ol", { class: "changes" }, history.map(change)),
    outputs.length > 0 && h("h3", {}, "Outputs"),
    outputs.map((output) =>
      h(
        "div",
        {},
        h("p", { class: "label" }, output.name),
        snippet(valueText(output.value), `the output ${output.name}`),
      ),
    ),
    h("h3", {}, plural(members.length, "resource")),
    h(
      "ul",
      { class: "plain" },
      members.map(({ address, resource, tainted }) =>
        h(
          "li",
          { "data-key": address },
          resource === undefined
            ? code(address)
            : h("a", { href: addressOf("resources", { resource }) }, code(address)),
          tainted && badge("tainted", "bad"),
        ),
      ),
    ),
  );
}

function change({ serial, at, added, changed, removed }: StackChangeView): HTMLElement {
  const parts: readonly (readonly [string, Tone, readonly string[]])[] = [
    ["added", "good", added],
    ["changed", "warning", changed],
    ["removed", "bad", removed],
  ];
  const counts = parts.flatMap(([word, tone, { length }]): Child[] =>
    length > 0 ? [badge(`${length} ${word}`, tone)] : [],
  );
  const summary = h("summary", {}, time(at), counts.length > 0 ? counts : badge("outputs only"));
  const lines = parts.flatMap(([word, , addresses]) =>
    addresses.map((address) => h("li", {}, `${word} `, code(address))),
  );
  return h("li", { "data-key": serial }, h("details", {}, summary, h("ul", { class: "plain" }, lines)));
}
