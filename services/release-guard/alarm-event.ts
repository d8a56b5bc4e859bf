import * as v from "valibot";

/**
 * The members in use of the event with which an alarm invokes a function:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
const schema = v.object({
  alarmData: v.object({
    alarmName: v.string(),
    state: v.object({ value: v.string() }),
    configuration: v.object({
      metrics: v.array(
        v.object({
          metricStat: v.optional(v.object({ metric: v.object({ dimensions: v.record(v.string(), v.string()) }) })),
        }),
      ),
    }),
  }),
});

export interface Alarm {
  readonly name: string;
  /** Whether the alarm is in the state `ALARM`. */
  readonly isInAlarm: boolean;
  /** The alias whose requests it monitors. */
  readonly stage: string;
}

/** @throws ValiError or TypeError when the event is not of an alarm on one alias of a function. */
export function readAlarm(event: unknown): Alarm {
  const { alarmName, state, configuration } = v.parse(schema, event).alarmData;
  const resources = configuration.metrics.flatMap(({ metricStat }) => metricStat?.metric.dimensions.Resource ?? []);
  const stage = /^[^:]+:(.+)$/.exec(resources[0] ?? "")?.[1];
  if (stage === undefined) throw new TypeError(`The alarm ${alarmName} does not monitor an alias`);
  return { name: alarmName, isInAlarm: state.value === "ALARM", stage };
}
