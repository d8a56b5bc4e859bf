import type { Call } from "../../../gateway/protocol.ts";
import { authorizedLogGroup } from "../authorized-log-group.ts";
import type { LogsContext } from "./context.ts";

export const listTagsForResource =
  ({ store, tags }: LogsContext) =>
  ({ resourceArn }: { readonly resourceArn: string }, call: Call): object => {
    const { name } = authorizedLogGroup(store, { logGroupIdentifier: resourceArn }, call, "logs:ListTagsForResource");
    return { tags: tags.get(name) ?? {} };
  };
