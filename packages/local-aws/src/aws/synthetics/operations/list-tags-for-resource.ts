import type { Call, RestInput } from "../../../gateway/protocol.ts";
import type { Canaries } from "../canaries.ts";
import { canaryArn } from "../canary.ts";

export const listTagsForResource =
  (canaries: Canaries) =>
  ({ path }: RestInput, call: Call): object => {
    const [, name = ""] = /:canary:(.+)$/.exec(path.arn ?? "") ?? [];
    call.authorize("synthetics:ListTagsForResource", canaryArn(name));
    return { Tags: canaries.get(name).tags };
  };
