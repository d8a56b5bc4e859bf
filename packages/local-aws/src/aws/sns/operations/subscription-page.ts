import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { isPending, type Subscription } from "../subscription.ts";
import { page } from "./page.ts";

/** The response of the actions that list subscriptions. */
export function subscriptionPage(subscriptions: readonly Subscription[], token: string | undefined): object {
  const { items, next } = page(subscriptions, token);
  return { Subscriptions: { member: items.map(describe) }, NextToken: next };
}

function describe(subscription: Subscription): object {
  return {
    SubscriptionArn: isPending(subscription) ? "PendingConfirmation" : subscription.arn,
    Owner: ACCOUNT_ID,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    TopicArn: subscription.topicArn,
  };
}
