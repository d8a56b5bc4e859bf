import { gunzipSync } from "node:zlib";
import type { CloudWatchLogsDecodedData, CloudWatchLogsEvent } from "aws-lambda";
import { parseJson } from "../../lib/json/parse-json.ts";

/** An entry of the audit log. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** The audit event as JSON. */
  readonly message: string;
}

/**
 * The audit entries in the event of a subscription filter, in the order of their time. Entries of another form, which
 * the filter's pattern can let through, are not part of the audit log.
 */
export function readAuditEntries({ awslogs }: CloudWatchLogsEvent): readonly AuditEntry[] {
  const { messageType, logEvents }: CloudWatchLogsDecodedData = JSON.parse(
    gunzipSync(Buffer.from(awslogs.data, "base64")).toString(),
  );
  if (messageType !== "DATA_MESSAGE") return [];
  return logEvents
    .flatMap(({ timestamp, message }) => {
      const line = parseJson(message);
      const audit = typeof line === "object" && line !== null && "audit" in line ? line.audit : undefined;
      return typeof audit === "object" && audit !== null ? [{ timestamp, message: JSON.stringify(audit) }] : [];
    })
    .toSorted((one, other) => one.timestamp - other.timestamp);
}
