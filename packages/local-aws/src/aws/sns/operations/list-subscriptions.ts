import { type Topics, topicArn } from "../topics.ts";
import type { FormOperation } from "./form-fields.ts";
import { subscriptionPage } from "./subscription-page.ts";

export const listSubscriptions =
  (topics: Topics): FormOperation =>
  ({ NextToken }, call) => {
    call.authorize("sns:ListSubscriptions", topicArn("*"));
    return subscriptionPage(topics.subscriptions(), NextToken);
  };
