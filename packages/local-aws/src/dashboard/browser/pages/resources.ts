import type { ResourcesView, ResourceView } from "../../views.ts";
import { addressOf } from "../address.ts";
import { h } from "../dom.ts";
import { formatCount, valueText } from "../format.ts";
import {
  badge,
  choice,
  code,
  copyButton,
  detail,
  empty,
  facts,
  link,
  search,
  snippet,
  split,
  table,
} from "../parts.ts";
import type { PageView } from "./page-view.ts";

export const resources: PageView<ResourcesView> = {
  title: "Resources",
  summary: "Everything that exists in the local AWS.",
  tools: ({ types, stacks }, query) => [
    search("Search names and attributes", query.get("q")),
    choice("Type", "type", query.get("type"), [
      { value: "", label: "All types" },
      ...types.map(({ type, count }) => ({ value: type, label: `${shortType(type)} (${count})` })),
    ]),
    choice("Stack", "stack", query.get("stack"), [
      { value: "", label: "All stacks" },
      ...stacks.map((stack) => ({ value: stack, label: stack })),
    ]),
  ],
  render: (view) =>
    split(view.resources.length > 0 ? list(view) : nothing(view), view.selected && inspect(view.selected)),
};

function nothing({ total }: ResourcesView): HTMLElement {
  return total === 0
    ? empty("Nothing is deployed", "Run Terraform with the local provider; each resource appears here when it exists.")
    : empty(
        "No resource matches",
        link({ q: undefined, type: undefined, stack: undefined }, {}, "Show all resources"),
        ".",
      );
}

function list({ resources: all, matching, total, selected }: ResourcesView): HTMLElement {
  const count =
    all.length < matching
      ? `The first ${formatCount(all.length)} of ${formatCount(matching)}; search to see the others.`
      : `${formatCount(matching)} of ${formatCount(total)}`;
  return h(
    "div",
    {},
    table(
      all,
      [
        { label: "Name", cell: ({ key, name }) => link({ resource: key }, { class: "strong" }, name || "(no name)") },
        { label: "Type", cell: ({ type }) => h("span", { class: "mono muted" }, shortType(type)) },
        { label: "Stack", cell: ({ stack }) => h("span", { class: "nowrap" }, stack ?? "–") },
      ],
      { label: "Resources", key: ({ key }) => key, isSelected: ({ key }) => key === selected?.key },
    ),
    h("p", { class: "count" }, count),
  );
}

function inspect(resource: NonNullable<ResourcesView["selected"]>): HTMLElement {
  const { type, name, id, stack, address, attributes } = resource;
  const related = relatedPage(resource);
  return detail(
    name || id,
    { resource: undefined },
    facts([
      ["Type", code(type)],
      ["Id", h("span", { class: "with-copy" }, code(id), copyButton(id, "the id"))],
      [
        "Stack",
        stack === undefined ? badge("in no state", "warning") : h("a", { href: addressOf("stacks", { stack }) }, stack),
      ],
      ["Address", address === undefined ? "–" : code(address)],
    ]),
    related && h("p", {}, h("a", { class: "button", href: related.href }, related.label)),
    h("h3", {}, "Attributes"),
    h(
      "dl",
      { class: "attributes" },
      Object.entries(attributes).map(([attribute, value]) => {
        const text = valueText(value);
        const isLong = text.includes("\n") || text.length > 80;
        return h(
          "div",
          { "data-key": attribute },
          h("dt", {}, attribute),
          h("dd", {}, isLong ? snippet(text, `the attribute ${attribute}`) : code(text)),
        );
      }),
    ),
  );
}

/** The page that shows what a resource holds. */
function relatedPage({ type, name, id }: ResourceView): { readonly label: string; readonly href: string } | undefined {
  switch (type) {
    case "aws_sqs_queue":
      return { label: "Messages", href: addressOf("queues", { queue: name }) };
    case "aws_s3_bucket":
      return { label: "Objects", href: addressOf("buckets", { bucket: id }) };
    case "aws_dynamodb_table":
      return { label: "Items", href: addressOf("tables", { table: name }) };
    case "aws_cloudwatch_log_group":
      return { label: "Logs", href: addressOf("logs", { group: name }) };
    case "aws_lambda_function":
      return { label: "Logs", href: addressOf("logs", { group: `/aws/lambda/${name}` }) };
    case "aws_sns_topic":
      return { label: "Notifications", href: addressOf("notifications", { topic: name }) };
    default:
      return undefined;
  }
}

function shortType(type: string): string {
  return type.replace(/^aws_/, "");
}
