import { invalidArgument } from "./errors.ts";
import { testEventDocument } from "./event.ts";
import { notificationTargets } from "./notification-targets.ts";
import type { S3Context } from "./operations/context.ts";
import type { XmlDocument } from "./xml.ts";

/**
 * Sends the test event of S3 to each new queue and topic. As on AWS, functions are not invoked.
 *
 * @param document the new notification configuration.
 * @throws AwsError `InvalidArgument` when a destination rejects the event.
 */
export async function validateDestinations(
  { store, notify, clock }: Pick<S3Context, "store" | "notify" | "clock">,
  bucket: string,
  document: XmlDocument,
  requestId: string,
): Promise<void> {
  const before = notificationTargets(store.bucket(bucket).configurations.notification).map(({ arn }) => arn);
  const arns = new Set(notificationTargets(document).map(({ arn }) => arn));
  for (const arn of arns) {
    if (before.includes(arn) || arn.startsWith("arn:aws:lambda:")) continue;
    try {
      await notify(arn, testEventDocument(bucket, clock.now(), requestId));
    } catch {
      throw invalidArgument("Unable to validate the following destination configurations", "Target", arn);
    }
  }
}
