import { AwsError } from "../../runtime/error.ts";

/** Bytes. https://docs.aws.amazon.com/firehose/latest/dev/limits.html */
const MAX_RECORD_BYTES = 1_000 * 1_024;

export interface RecordInput {
  /** Base64. */
  readonly Data: string;
}

/** @throws AwsError `ValidationException` for a record that is too large. */
export function checkRecord({ Data }: RecordInput): void {
  if (Buffer.byteLength(Data, "base64") <= MAX_RECORD_BYTES) return;
  throw new AwsError("ValidationException", `A record must have at most ${MAX_RECORD_BYTES} bytes.`);
}
