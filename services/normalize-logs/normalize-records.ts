import { gunzipSync } from "node:zlib";
import type {
  CloudWatchLogsDecodedData,
  FirehoseTransformationEventRecord,
  FirehoseTransformationResultRecord,
} from "aws-lambda";
import { lakeEntry } from "./lake-entry.ts";

/**
 * Transforms batches of log events, which CloudWatch Logs compresses, to lines of JSON, one per row of the lake.
 * Messages with which CloudWatch Logs checks the destination, and batches without a row, are dropped. A record that is
 * not such a batch has failed, and Firehose writes it to the error prefix.
 *
 * @param namePrefix of the physical names of the environment.
 */
export function normalizeRecords(
  records: readonly FirehoseTransformationEventRecord[],
  namePrefix: string,
): FirehoseTransformationResultRecord[] {
  return records.map(({ recordId, data }) => {
    const lines = linesOf(data, namePrefix);
    if (lines === undefined) return { recordId, result: "ProcessingFailed", data };
    if (lines.length === 0) return { recordId, result: "Dropped", data: "" };
    return { recordId, result: "Ok", data: Buffer.from(`${lines.join("\n")}\n`).toString("base64") };
  });
}

/** @returns undefined when the record cannot be read. */
function linesOf(data: string, namePrefix: string): string[] | undefined {
  try {
    const batch: CloudWatchLogsDecodedData = JSON.parse(gunzipSync(Buffer.from(data, "base64")).toString());
    if (batch.messageType !== "DATA_MESSAGE") return [];
    const { logGroup, logEvents } = batch;
    return logEvents.flatMap(({ timestamp, message }) => {
      const entry = lakeEntry({ logGroup, timestamp, message }, namePrefix);
      return entry === undefined ? [] : [JSON.stringify(entry)];
    });
  } catch {
    return undefined;
  }
}
