import type { Call } from "../../../gateway/protocol.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedDeliveryStream, type StreamInput } from "../authorized-delivery-stream.ts";
import { checkRecord, type RecordInput } from "../check-record.ts";
import type { FirehoseContext } from "./context.ts";

/**
 * Records of a request, and their bytes.
 * https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html
 */
const MAX_RECORDS = 500;
const MAX_BYTES = 4 * 1_024 * 1_024;

interface Input extends StreamInput {
  readonly Records: readonly RecordInput[];
}

export const putRecordBatch =
  ({ streams }: FirehoseContext) =>
  (input: Input, call: Call): object => {
    const stream = authorizedDeliveryStream(streams, input, call, "firehose:PutRecordBatch");
    const { Records } = input;
    if (Records.length === 0 || Records.length > MAX_RECORDS) {
      throw new AwsError("ValidationException", `Records must have 1 to ${MAX_RECORDS} members.`);
    }
    for (const record of Records) checkRecord(record);
    if (Records.reduce((sum, { Data }) => sum + Buffer.byteLength(Data, "base64"), 0) > MAX_BYTES) {
      throw new AwsError("InvalidArgumentException", `Records must have at most ${MAX_BYTES} bytes.`);
    }
    const ids = streams.add(
      stream,
      Records.map(({ Data }) => Data),
    );
    return { FailedPutCount: 0, Encrypted: false, RequestResponses: ids.map((RecordId) => ({ RecordId })) };
  };
