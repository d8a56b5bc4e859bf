import { toApiTags } from "../../../gateway/api-tags.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { DEFAULT_BUS } from "../rule.ts";
import type { EventsContext } from "./context.ts";

export const listTagsForResource =
  ({ rules }: EventsContext) =>
  ({ ResourceARN = "" }: { readonly ResourceARN?: string }, call: Call): object => {
    call.authorize("events:ListTagsForResource", ResourceARN);
    const [name = "", bus] = (ResourceARN.split(":rule/")[1] ?? "").split("/").reverse();
    const { tags } = rules.get(name, bus ?? DEFAULT_BUS);
    return { Tags: toApiTags(tags) };
  };
