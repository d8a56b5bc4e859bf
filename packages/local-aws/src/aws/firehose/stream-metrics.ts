import type { Sample } from "../cloudwatch/sampler.ts";
import type { DeliveryStreams } from "./delivery-streams.ts";

/**
 * The age of the oldest record of each stream, in seconds; no value without a record.
 * https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html
 */
export function streamSamples(streams: DeliveryStreams): Sample[] {
  return streams.names().flatMap((DeliveryStreamName) => {
    const age = streams.ageOf(DeliveryStreamName);
    if (age === undefined) return [];
    return {
      namespace: "AWS/Firehose",
      dimensions: { DeliveryStreamName },
      values: { "DeliveryToS3.DataFreshness": age / 1_000 },
    };
  });
}
