import type { Call } from "../../../gateway/protocol.ts";
import { DEFAULT_BUS } from "../rule.ts";
import type { Rules } from "../rules.ts";

export const listTagsForResource =
  (rules: Rules) =>
  ({ ResourceARN = "" }: { readonly ResourceARN?: string }, call: Call): object => {
    call.authorize("events:ListTagsForResource", ResourceARN);
    const [name = "", bus] = (ResourceARN.split(":rule/")[1] ?? "").split("/").reverse();
    const { tags } = rules.get(name, bus ?? DEFAULT_BUS);
    return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
  };
