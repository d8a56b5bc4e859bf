import type { FormOperation } from "../../../gateway/form-fields.ts";
import { invalidParameter } from "../message.ts";
import { publicationFrom } from "../publication-fields.ts";
import type { SnsContext } from "./context.ts";

export const publish =
  ({ topics }: SnsContext): FormOperation =>
  async (fields, call) => {
    const topicArn = fields.TopicArn ?? fields.TargetArn;
    if (topicArn === undefined) throw invalidParameter("the local AWS publishes to topics only; set TopicArn");
    call.authorize("sns:Publish", topicArn);
    return { MessageId: await topics.publish(topicArn, { ...publicationFrom(fields), traceHeader: call.traceHeader }) };
  };
