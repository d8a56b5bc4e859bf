import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { isPending } from "../subscription.ts";
import type { Topics } from "../topics.ts";
import { attributeMap } from "./attribute-map.ts";
import type { FormOperation } from "./form-fields.ts";

export const getSubscriptionAttributes =
  (topics: Topics): FormOperation =>
  ({ SubscriptionArn = "" }, call) => {
    call.authorize("sns:GetSubscriptionAttributes", SubscriptionArn);
    const subscription = topics.getSubscription(SubscriptionArn);
    return attributeMap({
      SubscriptionArn: subscription.arn,
      TopicArn: subscription.topicArn,
      Owner: ACCOUNT_ID,
      Protocol: subscription.protocol,
      Endpoint: subscription.endpoint,
      PendingConfirmation: String(isPending(subscription)),
      RawMessageDelivery: String(subscription.rawDelivery),
      ...(subscription.filterPolicy !== undefined && {
        FilterPolicy: subscription.filterPolicy,
        FilterPolicyScope: subscription.filterPolicyScope,
      }),
    });
  };
