import type { FormOperation } from "../../../gateway/form-fields.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { attributeMap } from "../attribute-map.ts";
import { isPending } from "../subscription.ts";
import type { SnsContext } from "./context.ts";

export const getSubscriptionAttributes =
  ({ topics }: SnsContext): FormOperation =>
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
