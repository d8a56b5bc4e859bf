import type { FormOperation } from "../../../gateway/form-fields.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { attributeMap } from "../attribute-map.ts";
import { isPending } from "../subscription.ts";
import type { SnsContext } from "./context.ts";

export const getTopicAttributes =
  ({ topics }: SnsContext): FormOperation =>
  ({ TopicArn = "" }, call) => {
    call.authorize("sns:GetTopicAttributes", TopicArn);
    const topic = topics.get(TopicArn);
    const subscriptions = topics.subscriptionsOf(topic);
    const pending = subscriptions.filter(isPending).length;
    return attributeMap({
      TopicArn: topic.arn,
      Owner: ACCOUNT_ID,
      DisplayName: topic.displayName,
      Policy: topic.policy,
      SubscriptionsConfirmed: String(subscriptions.length - pending),
      SubscriptionsPending: String(pending),
      SubscriptionsDeleted: "0",
    });
  };
