import type { Call } from "../../../gateway/protocol.ts";
import { authorizedDeliveryStream, type StreamInput } from "../authorized-delivery-stream.ts";
import { checkRecord, type RecordInput } from "../check-record.ts";
import type { FirehoseContext } from "./context.ts";

interface Input extends StreamInput {
  readonly Record: RecordInput;
}

export const putRecord =
  ({ streams }: FirehoseContext) =>
  (input: Input, call: Call): object => {
    const stream = authorizedDeliveryStream(streams, input, call, "firehose:PutRecord");
    checkRecord(input.Record);
    const [RecordId] = streams.add(stream, [input.Record.Data]);
    return { RecordId, Encrypted: false };
  };
