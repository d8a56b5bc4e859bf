import { invalidArgument, malformedXml } from "./errors.ts";
import type { XmlDocument } from "./xml.ts";
import { child, children, childText, childTexts } from "./xml.ts";

/** One entry of a notification configuration: a target and its events. */
export interface NotificationTarget {
  readonly id: string;
  readonly arn: string;
  /** `s3:ObjectCreated:*`, `s3:ObjectRemoved:Delete`, … */
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
const EVENT_TYPES = new Set([
  "s3:IntelligentTiering",
  "s3:LifecycleExpiration:*",
  "s3:LifecycleExpiration:Delete",
  "s3:LifecycleExpiration:DeleteMarkerCreated",
  "s3:LifecycleTransition",
  "s3:ObjectAcl:Put",
  "s3:ObjectCreated:*",
  "s3:ObjectCreated:CompleteMultipartUpload",
  "s3:ObjectCreated:Copy",
  "s3:ObjectCreated:Post",
  "s3:ObjectCreated:Put",
  "s3:ObjectRemoved:*",
  "s3:ObjectRemoved:Delete",
  "s3:ObjectRemoved:DeleteMarkerCreated",
  "s3:ObjectRestore:*",
  "s3:ObjectRestore:Completed",
  "s3:ObjectRestore:Delete",
  "s3:ObjectRestore:Post",
  "s3:ObjectTagging:*",
  "s3:ObjectTagging:Delete",
  "s3:ObjectTagging:Put",
  "s3:ReducedRedundancyLostObject",
  "s3:Replication:*",
  "s3:Replication:OperationFailedReplication",
  "s3:Replication:OperationMissedThreshold",
  "s3:Replication:OperationNotTracked",
  "s3:Replication:OperationReplicatedAfterThreshold",
]);

const TARGET_KINDS = {
  QueueConfiguration: "Queue",
  TopicConfiguration: "Topic",
  CloudFunctionConfiguration: "CloudFunction",
};

/** The targets of a notification configuration; empty without one. */
export function notificationTargets(document: XmlDocument | undefined): NotificationTarget[] {
  return Object.entries(TARGET_KINDS).flatMap(([kind, arnElement]) =>
    children(document, kind).map((target) => {
      const rules = children(child(child(target, "Filter"), "S3Key"), "FilterRule");
      const ruleValue = (name: string) =>
        childText(
          rules.find((rule) => nameOf(rule) === name),
          "Value",
        ) ?? "";
      return {
        id: childText(target, "Id") ?? "",
        arn: childText(target, arnElement) ?? "",
        events: childTexts(target, "Event"),
        prefix: ruleValue("prefix"),
        suffix: ruleValue("suffix"),
      };
    }),
  );
}

/** @throws AwsError when S3 would reject the configuration. */
export function checkNotification(document: XmlDocument): void {
  const targets = notificationTargets(document);
  for (const { arn, events } of targets) {
    if (!arn || events.length === 0) throw malformedXml();
    const unsupported = events.find((event) => !EVENT_TYPES.has(event));
    if (unsupported) throw invalidArgument("The event is not supported for notifications", "Event", unsupported);
  }
  for (const [index, target] of targets.entries()) {
    if (targets.slice(index + 1).some((other) => overlap(target, other))) {
      throw invalidArgument(
        "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
      );
    }
  }
}

/** @param name of the event without `s3:`, as in the event record. */
export function targetsFor(targets: readonly NotificationTarget[], name: string, key: string): NotificationTarget[] {
  return targets.filter(
    ({ events, prefix, suffix }) =>
      events.some((event) => covers(event, `s3:${name}`)) && key.startsWith(prefix) && key.endsWith(suffix),
  );
}

function covers(pattern: string, event: string): boolean {
  return pattern === event || (pattern.endsWith(":*") && event.startsWith(pattern.slice(0, -1)));
}

/** Whether an event of a key could match both targets. */
function overlap(a: NotificationTarget, b: NotificationTarget): boolean {
  const shareEvent = a.events.some((x) => b.events.some((y) => covers(x, y) || covers(y, x)));
  const sharePrefix = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const shareSuffix = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  return shareEvent && sharePrefix && shareSuffix;
}

function nameOf(rule: XmlDocument): string {
  return (childText(rule, "Name") ?? "").toLowerCase();
}
