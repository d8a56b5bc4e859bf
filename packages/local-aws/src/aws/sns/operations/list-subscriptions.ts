import type { FormOperation } from "../../../gateway/form-fields.ts";
import { subscriptionPage } from "../subscription-page.ts";
import { topicArn } from "../topics.ts";
import type { SnsContext } from "./context.ts";

export const listSubscriptions =
  ({ topics }: SnsContext): FormOperation =>
  ({ NextToken }, call) => {
    call.authorize("sns:ListSubscriptions", topicArn("*"));
    return subscriptionPage(topics.subscriptions(), NextToken);
  };
