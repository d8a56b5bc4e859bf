import type { Call } from "../../../gateway/protocol.ts";
import type { LogsContext } from "./context.ts";
import { findLogGroup } from "./find-authorized.ts";

export const listTagsForResource =
  ({ store, tags }: LogsContext) =>
  ({ resourceArn }: { readonly resourceArn: string }, call: Call): object => {
    const { name } = findLogGroup(store, { logGroupIdentifier: resourceArn }, call, "logs:ListTagsForResource");
    return { tags: tags.get(name) ?? {} };
  };
