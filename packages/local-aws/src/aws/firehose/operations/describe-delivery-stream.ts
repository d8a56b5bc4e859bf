import type { Call } from "../../../gateway/protocol.ts";
import { bucketArn } from "../../s3/names.ts";
import { authorizedDeliveryStream, type StreamInput } from "../authorized-delivery-stream.ts";
import { DESTINATION_ID, deliveryStreamArn } from "../delivery-stream.ts";
import type { FirehoseContext } from "./context.ts";

const MEGABYTE = 1_024 * 1_024;

export const describeDeliveryStream =
  ({ streams }: FirehoseContext) =>
  (input: StreamInput, call: Call): object => {
    const stream = authorizedDeliveryStream(streams, input, call, "firehose:DescribeDeliveryStream");
    return {
      DeliveryStreamDescription: {
        DeliveryStreamName: stream.name,
        DeliveryStreamARN: deliveryStreamArn(stream.name),
        DeliveryStreamStatus: "ACTIVE",
        DeliveryStreamType: "DirectPut",
        VersionId: stream.version,
        HasMoreDestinations: false,
        Destinations: [
          {
            DestinationId: DESTINATION_ID,
            ExtendedS3DestinationDescription: {
              RoleARN: stream.roleArn,
              BucketARN: bucketArn(stream.bucket),
              Prefix: stream.prefix,
              ErrorOutputPrefix: stream.errorPrefix,
              BufferingHints: {
                SizeInMBs: stream.bufferSize / MEGABYTE,
                IntervalInSeconds: stream.bufferInterval,
              },
              CompressionFormat: stream.compression,
              EncryptionConfiguration: { NoEncryptionConfig: "NoEncryption" },
            },
          },
        ],
      },
    };
  };
