import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm/index.js";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js";
import { Construct } from "constructs";
import { BaseStack } from "../base/base-stack.ts";
import type { AlarmMeaning } from "./alarm-definition.ts";
import { describeAlarm } from "./describe-alarm.ts";

export interface CompositeAlarmProps {
  readonly meaning: AlarmMeaning;
  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html */
  readonly rule: string;
  /** Seconds that the suppression lasts after the alarm on the cause has ended; default: 360. */
  readonly extensionPeriod?: number;
  /** The alarms that it names, if they are in the same stack: CloudWatch rejects unknown ones. */
  readonly dependsOn: readonly CloudwatchMetricAlarm[];
}

/**
 * In seconds. An alarm on a cause starts within four minutes. Alarms on its effects end after it: their metrics still
 * have the failures of the last five minutes.
 */
const SUPPRESSOR = { waitPeriod: 240, extensionPeriod: 360 };

/** An alarm on other alarms, which notifies the topic of all alarms unless it is suppressed. */
export class CompositeAlarm extends Construct {
  constructor(scope: Construct, id: string, { meaning, rule, extensionPeriod, dependsOn }: CompositeAlarmProps) {
    super(scope, id);
    const stack = BaseStack.of(this);
    const { suppressedBy } = meaning;
    new CloudwatchCompositeAlarm(this, "Alarm", {
      ...describeAlarm(stack, meaning),
      alarmRule: rule,
      ...(suppressedBy !== undefined && {
        actionsSuppressor: { alarm: suppressedBy, ...SUPPRESSOR, ...(extensionPeriod && { extensionPeriod }) },
      }),
      actionsEnabled: true,
      alarmActions: [stack.alarmTopicArn],
      okActions: [stack.alarmTopicArn],
      dependsOn: [...dependsOn],
    });
  }
}
