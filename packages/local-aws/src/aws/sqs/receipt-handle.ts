import { AwsError } from "../../runtime/error.ts";

/** Identifies one receive of one message: valid after a restart, invalid after the next receive. */
export function receiptHandle(messageId: string, receiveCount: number): string {
  return Buffer.from(`${messageId} ${receiveCount}`).toString("base64");
}

export function parseReceiptHandle(handle: string): { readonly messageId: string; readonly receiveCount: number } {
  const match = /^([0-9a-f-]{36}) (\d+)$/.exec(Buffer.from(handle, "base64").toString("latin1"));
  if (!match) {
    throw new AwsError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`);
  }
  return { messageId: match[1] ?? "", receiveCount: Number(match[2]) };
}
