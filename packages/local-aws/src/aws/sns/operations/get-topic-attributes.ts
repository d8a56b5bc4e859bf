import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { isPending } from "../subscription.ts";
import type { Topics } from "../topics.ts";
import { attributeMap } from "./attribute-map.ts";
import type { FormOperation } from "./form-fields.ts";

export const getTopicAttributes =
  (topics: Topics): FormOperation =>
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
