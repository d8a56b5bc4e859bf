import { formatAlarmDescription } from "../../lib/alarms/alarm-description.ts";
import type { BaseStack } from "../base/base-stack.ts";
import type { AlarmMeaning } from "./alarm-definition.ts";
import { runbookLink } from "./runbook-link.ts";

/** The physical name of an alarm. */
export const alarmName = (stack: BaseStack, id: string): string => stack.physicalName("alarm", kebabCase(id));

/** The name of an alarm and its description, with the severity and the runbook. */
export function describeAlarm(stack: BaseStack, { id, description, severity, runbook }: AlarmMeaning) {
  return {
    alarmName: alarmName(stack, id),
    alarmDescription: formatAlarmDescription({
      text: description,
      severity,
      runbook: runbookLink(stack.environment, runbook),
    }),
  };
}

const kebabCase = (id: string): string =>
  id.replaceAll(/[A-Z]/g, (letter, index) => `${index === 0 ? "" : "-"}${letter.toLowerCase()}`);
