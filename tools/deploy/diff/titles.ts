import type { Kind, ResourceDiff } from "./resource-diff.ts";

/** Whether a diff is what a plan would change or what an apply has changed. */
export type Tense = "planned" | "applied";

const VERBS: Readonly<Record<Exclude<Kind, "move">, Readonly<Record<Tense, string>>>> = {
  delete: { planned: "will be destroyed", applied: "was destroyed" },
  replace: { planned: "must be replaced", applied: "was replaced" },
  update: { planned: "will be updated in-place", applied: "was updated in-place" },
  create: { planned: "will be created", applied: "was created" },
  import: { planned: "will be imported", applied: "was imported" },
  forget: { planned: "will be removed from the state, but not destroyed", applied: "was removed from the state only" },
  read: { planned: "will be read during apply", applied: "was read during apply" },
};

/** Terraform's reasons: https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "it is tainted",
  replace_by_request: "its replacement was requested",
  replace_by_triggers: "replace_triggered_by refers to what changes",
  delete_because_no_resource_config: "it is not in the configuration",
  delete_because_no_module: "its module is not in the configuration",
  delete_because_wrong_repetition: "it has another repetition mode in the configuration",
  delete_because_count_index: "its index is out of range for count",
  delete_because_each_key: "its key is not in for_each",
  delete_because_no_move_target: "it was moved to an address that is not in the configuration",
  read_because_config_unknown: "its configuration refers to values that are not known yet",
  read_because_dependency_pending: "it depends on resources with pending changes",
  read_because_check_nested: "it is used in a check",
};

/** `aws_sqs_queue.Events will be destroyed`, and what else is to be known about it. */
export function titleLines(resource: ResourceDiff, tense: Tense): readonly [title: string, ...notes: string[]] {
  const { address, kind, previousAddress, importId, deposed, reason } = resource;
  const object = deposed === undefined ? address : `${address} (deposed object ${deposed})`;
  if (kind === "move") return [`${previousAddress} ${tense === "planned" ? "will move" : "has moved"} to ${address}`];
  const notes = [
    ...(previousAddress === undefined ? [] : [`moved from ${previousAddress}`]),
    ...(importId === undefined ? [] : [`imported from ${JSON.stringify(importId)}`]),
    ...(reason === undefined || reason === "replace_because_cannot_update"
      ? []
      : [`because ${REASONS[reason] ?? reason}`]),
  ];
  return [`${object} ${VERBS[kind][tense]}`, ...notes.map((note) => `(${note})`)];
}
