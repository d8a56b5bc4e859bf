import type { Operation } from "../../../gateway/protocol.ts";
import type { FirehoseContext } from "./context.ts";
import { describeDeliveryStream } from "./describe-delivery-stream.ts";
import { listDeliveryStreams } from "./list-delivery-streams.ts";
import { putRecord } from "./put-record.ts";
import { putRecordBatch } from "./put-record-batch.ts";

/** Terraform alone creates and changes delivery streams. */
export function firehoseOperations(context: FirehoseContext): Readonly<Record<string, Operation>> {
  return {
    DescribeDeliveryStream: describeDeliveryStream(context),
    ListDeliveryStreams: listDeliveryStreams(context),
    PutRecord: putRecord(context),
    PutRecordBatch: putRecordBatch(context),
  };
}
