import { paginate } from "../../gateway/paginate.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { PAGE_SIZE } from "./page-size.ts";
import { isPending, type Subscription } from "./subscription.ts";

/** The response of the actions that list subscriptions. */
export function subscriptionPage(subscriptions: readonly Subscription[], token: string | undefined): object {
  const { page, next } = paginate(subscriptions, { maximum: PAGE_SIZE, token: token });
  return { Subscriptions: { member: page.map(describe) }, NextToken: next };
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
