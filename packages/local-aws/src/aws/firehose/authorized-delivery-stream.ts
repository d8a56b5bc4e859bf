import type { Call } from "../../gateway/protocol.ts";
import { type DeliveryStream, deliveryStreamArn } from "./delivery-stream.ts";
import type { DeliveryStreams } from "./delivery-streams.ts";

export interface StreamInput {
  readonly DeliveryStreamName: string;
}

/**
 * The delivery stream of a request whose caller may perform the action on it.
 *
 * @throws AwsError `AccessDenied` or `ResourceNotFoundException`.
 */
export function authorizedDeliveryStream(
  streams: DeliveryStreams,
  { DeliveryStreamName }: StreamInput,
  call: Call,
  action: string,
): DeliveryStream {
  call.authorize(action, deliveryStreamArn(DeliveryStreamName));
  return streams.get(DeliveryStreamName);
}
