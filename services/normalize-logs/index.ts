import type { Context, FirehoseTransformationEvent, FirehoseTransformationResult } from "aws-lambda";
import { createLog } from "../../lib/log/create-log.ts";
import { readConfig } from "./config.ts";
import { normalizeRecords } from "./normalize-records.ts";

// ---- Initialization ----

const config = readConfig();
const log = createLog(config.log);

// ---- Each event ----

/** Invoked by Firehose with the log events of all programs. When it throws, Firehose repeats the invocation. */
export const handler = async (
  event: FirehoseTransformationEvent,
  context: Context,
): Promise<FirehoseTransformationResult> => {
  log.addContext(context);
  const records = normalizeRecords(event.records, config.namePrefix);
  const failed = records.filter(({ result }) => result === "ProcessingFailed").length;
  if (failed > 0) log.error("Records could not be read", { failed });
  log.info("Normalized log events", { records: records.length });
  return { records };
};
