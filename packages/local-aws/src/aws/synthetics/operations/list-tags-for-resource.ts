import type { Call, RestInput } from "../../../gateway/protocol.ts";
import { canaryArn } from "../canary.ts";
import type { SyntheticsContext } from "./context.ts";

export const listTagsForResource =
  ({ canaries }: SyntheticsContext) =>
  ({ path }: RestInput, call: Call): object => {
    const [, name = ""] = /:canary:(.+)$/.exec(path.arn ?? "") ?? [];
    call.authorize("synthetics:ListTagsForResource", canaryArn(name));
    return { Tags: canaries.get(name).tags };
  };
