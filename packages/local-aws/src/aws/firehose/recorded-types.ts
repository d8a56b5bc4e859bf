import type { ResourceHandler } from "../../provider/resource.ts";
import { kinesisFirehoseDeliveryStream } from "./terraform/delivery-stream.ts";

/** Resource types of which nothing lives on this machine: they are recorded, with ids and ARNs of the right form. */
export const firehoseRecordedTypes: readonly ResourceHandler[] = [kinesisFirehoseDeliveryStream];
