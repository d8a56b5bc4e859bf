/** `critical` alarms page the person on call; `warning` alarms are read during the day. */
export const severities = ["critical", "warning"] as const;
export type Severity = (typeof severities)[number];

/** What the description of a CloudWatch alarm contains. */
export interface AlarmDescription {
  /** What the alarm means, on one line. */
  readonly text: string;
  readonly severity: Severity;
  /** The URL of the runbook, or its path in the repository. */
  readonly runbook: string | undefined;
}

/** In characters: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const MAXIMUM = 1024;

/**
 * The description of an alarm. It is the only text of an alarm that SNS delivers, so the severity and the runbook are
 * lines of it, which also makes them visible in the console and in an email.
 *
 * @throws RangeError when it is longer than CloudWatch allows.
 */
export function formatAlarmDescription({ text, severity, runbook }: AlarmDescription): string {
  const lines = [text, `Severity: ${severity}`, ...(runbook === undefined ? [] : [`Runbook: ${runbook}`])];
  const description = lines.join("\n");
  if (description.length <= MAXIMUM) return description;
  throw new RangeError(`The description of an alarm has ${description.length} characters; at most ${MAXIMUM} allowed`);
}

/** Reads any description. Without a severity, as in that of an alarm that somebody created by hand, it is critical. */
export function parseAlarmDescription(description: string): AlarmDescription {
  const lines = description.split("\n").map((line) => line.trim());
  const value = (name: string) =>
    lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) || undefined;
  const severity = severities.find((known) => known === value("Severity")) ?? "critical";
  const text = lines.filter((line) => !/^(Severity|Runbook): /.test(line) && line !== "").join(" ");
  return { text, severity, runbook: value("Runbook") };
}
