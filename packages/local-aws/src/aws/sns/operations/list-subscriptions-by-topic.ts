import type { FormOperation } from "../../../gateway/form-fields.ts";
import { subscriptionPage } from "../subscription-page.ts";
import type { SnsContext } from "./context.ts";

export const listSubscriptionsByTopic =
  ({ topics }: SnsContext): FormOperation =>
  ({ TopicArn = "", NextToken }, call) => {
    call.authorize("sns:ListSubscriptionsByTopic", TopicArn);
    return subscriptionPage(topics.subscriptionsOf(topics.get(TopicArn)), NextToken);
  };
