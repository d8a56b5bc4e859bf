import { block, number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { unsupported } from "../../../runtime/error.ts";
import type { Action, WeightedTargetGroup } from "../action.ts";

/** The action of a listener or a rule, from its `default_action` or `action` blocks. */
export function actionOf(blocks: unknown): Action {
  const [action = {}, ...others] = blocks as Attributes[];
  if (others.length > 0) throw unsupported("several actions of one rule, which only authentication needs");
  switch (action.type) {
    case "forward":
      return { type: "forward", targetGroups: targetGroupsOf(action) };
    case "fixed-response": {
      const fixed = block(action.fixed_response);
      return {
        type: "fixed-response",
        status: Number(optionalText(fixed.status_code) ?? 200),
        contentType: text(fixed.content_type),
        body: text(fixed.message_body),
      };
    }
    case "redirect": {
      const redirect = block(action.redirect);
      return {
        type: "redirect",
        status: redirect.status_code === "HTTP_302" ? 302 : 301,
        protocol: optionalText(redirect.protocol) ?? "#{protocol}",
        host: optionalText(redirect.host) ?? "#{host}",
        port: optionalText(redirect.port) ?? "#{port}",
        path: optionalText(redirect.path) ?? "/#{path}",
        query: optionalText(redirect.query) ?? "#{query}",
      };
    }
    default:
      throw unsupported(`the action ${text(action.type)}`);
  }
}

function targetGroupsOf(action: Attributes): WeightedTargetGroup[] {
  const single = optionalText(action.target_group_arn);
  if (single !== undefined) return [{ arn: single, weight: 1 }];
  const forward = block(action.forward);
  if (block(forward.stickiness).enabled === true) throw unsupported("target group stickiness");
  return (forward.target_group as Attributes[]).map(({ arn, weight }) => ({
    arn: text(arn),
    weight: number(weight, 1),
  }));
}
