import { invalidParameter } from "../message.ts";
import type { Topics } from "../topics.ts";
import type { FormOperation } from "./form-fields.ts";
import { publicationFrom } from "./publication-fields.ts";

export const publish =
  (topics: Topics): FormOperation =>
  async (fields, call) => {
    const topicArn = fields.TopicArn ?? fields.TargetArn;
    if (topicArn === undefined) throw invalidParameter("the local AWS publishes to topics only; set TopicArn");
    call.authorize("sns:Publish", topicArn);
    return { MessageId: await topics.publish(topicArn, publicationFrom(fields)) };
  };
