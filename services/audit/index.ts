import type { CloudWatchLogsEvent, Context } from "aws-lambda";
import { CloudWatchAuditLog, openLogWriter } from "../../lib/audit/cloudwatch-audit-log.ts";
import { functionAccess } from "../../lib/aws/environment.ts";
import { createLog } from "../../lib/log/create-log.ts";
import { describeError } from "../../lib/log/log.ts";
import { systemClock } from "../../lib/time/clock.ts";
import { readAuditEntries } from "./audit-entries.ts";
import { readConfig } from "./config.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);
const auditLog = new CloudWatchAuditLog(openLogWriter(functionAccess), config.logGroup, "functions", systemClock);

// ---- Each event ----

/** Invoked by CloudWatch Logs with the audit entries of a function. When it throws, Lambda repeats the event. */
export const handler = async (event: CloudWatchLogsEvent, context: Context): Promise<void> => {
  log.addContext(context);
  try {
    const entries = readAuditEntries(event);
    await auditLog.write(entries);
    log.info("Wrote audit entries", { entries: entries.length });
  } catch (error) {
    log.error("The audit entries were not written", { error: describeError(error) });
    throw error;
  }
};
