import { arn } from "../../runtime/account.ts";

/** That of the only destination of every stream. */
export const DESTINATION_ID = "destinationId-000000000001";

/** The settings of a delivery stream that writes to a bucket. */
export interface DeliveryStream {
  readonly name: string;
  readonly roleArn: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly errorPrefix: string;
  /** In seconds. */
  readonly bufferInterval: number;
  /** In bytes. */
  readonly bufferSize: number;
  readonly compression: "UNCOMPRESSED" | "GZIP";
  /** With the dot; empty for the extension of the compression. */
  readonly fileExtension: string;
  readonly transformation: Transformation | undefined;
  /** The number of the configuration, which is part of the names of objects. */
  readonly version: string;
}

/** The function that transforms records before they are written. */
export interface Transformation {
  readonly functionArn: string;
  /** How often an invocation that failed is repeated. */
  readonly retries: number;
  /** The bytes of the records of one invocation. */
  readonly batchSize: number;
}

export function deliveryStreamArn(name: string): string {
  return arn("firehose", `deliverystream/${name}`);
}
