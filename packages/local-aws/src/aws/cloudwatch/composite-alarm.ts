import { block, number, optionalText, text } from "../../provider/attributes.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { type Alarm, alarmName, parseAlarm } from "./alarm.ts";

/** An alarm on the states of other alarms. */
export interface CompositeAlarm extends Alarm {
  readonly rule: string;
  readonly suppressor: ActionsSuppressor | undefined;
}

/** The alarm during which a composite alarm runs no actions. */
export interface ActionsSuppressor {
  readonly name: string;
  /** Seconds that the composite alarm waits for the suppressor to start, before it runs its actions. */
  readonly waitPeriod: number;
  /** Seconds that the actions remain suppressed after the suppressor has ended. */
  readonly extensionPeriod: number;
}

export function parseCompositeAlarm(attributes: Attributes): CompositeAlarm {
  const suppressor = block(attributes.actions_suppressor);
  const name = optionalText(suppressor.alarm);
  return {
    ...parseAlarm(attributes),
    rule: text(attributes.alarm_rule),
    suppressor:
      name === undefined
        ? undefined
        : {
            name: alarmName(name),
            waitPeriod: number(suppressor.wait_period, 0),
            extensionPeriod: number(suppressor.extension_period, 0),
          },
  };
}
