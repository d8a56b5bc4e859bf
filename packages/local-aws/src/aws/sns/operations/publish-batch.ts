import { type FormOperation, memberPrefixes } from "../../../gateway/form-fields.ts";
import { asAwsError } from "../../../gateway/protocol.ts";
import { invalidParameter } from "../message.ts";
import { publicationFrom } from "../publication-fields.ts";
import type { SnsContext } from "./context.ts";

/** https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
const MAX_ENTRIES = 10;

export const publishBatch =
  ({ topics }: SnsContext): FormOperation =>
  async (fields, call) => {
    const { TopicArn = "" } = fields;
    call.authorize("sns:Publish", TopicArn);
    topics.get(TopicArn);
    const entries = memberPrefixes(fields, "PublishBatchRequestEntries.member");
    if (entries.length === 0 || entries.length > MAX_ENTRIES) {
      throw invalidParameter(`PublishBatchRequestEntries must have 1 to ${MAX_ENTRIES} entries`);
    }
    const successful: object[] = [];
    const failed: object[] = [];
    for (const prefix of entries) {
      const Id = fields[`${prefix}Id`];
      try {
        const publication = { ...publicationFrom(fields, prefix), traceHeader: call.traceHeader };
        successful.push({ Id, MessageId: await topics.publish(TopicArn, publication) });
      } catch (error) {
        const { code, message } = asAwsError(error);
        failed.push({ Id, Code: code, Message: message, SenderFault: true });
      }
    }
    return { Successful: { member: successful }, Failed: { member: failed } };
  };
