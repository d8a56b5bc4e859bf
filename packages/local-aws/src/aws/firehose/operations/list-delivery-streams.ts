import type { Call } from "../../../gateway/protocol.ts";
import type { FirehoseContext } from "./context.ts";

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_ListDeliveryStreams.html */
const DEFAULT_LIMIT = 10;

interface Input {
  readonly ExclusiveStartDeliveryStreamName?: string;
  readonly Limit?: number;
}

export const listDeliveryStreams =
  ({ streams }: FirehoseContext) =>
  ({ ExclusiveStartDeliveryStreamName: after = "", Limit = DEFAULT_LIMIT }: Input, call: Call): object => {
    call.authorize("firehose:ListDeliveryStreams", "*");
    const remaining = streams.names().filter((name) => name > after);
    return { DeliveryStreamNames: remaining.slice(0, Limit), HasMoreDeliveryStreams: remaining.length > Limit };
  };
