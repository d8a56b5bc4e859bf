import type { Topics } from "../topics.ts";
import type { FormOperation } from "./form-fields.ts";
import { subscriptionPage } from "./subscription-page.ts";

export const listSubscriptionsByTopic =
  (topics: Topics): FormOperation =>
  ({ TopicArn = "", NextToken }, call) => {
    call.authorize("sns:ListSubscriptionsByTopic", TopicArn);
    return subscriptionPage(topics.subscriptionsOf(topics.get(TopicArn)), NextToken);
  };
