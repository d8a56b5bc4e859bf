import { putConfiguration } from "../configuration-operations.ts";
import { validateDestinations } from "../notification-destinations.ts";

export const putBucketNotificationConfiguration = putConfiguration("notification", {
  async validate(context, { bucket, headers, call }, document) {
    if (headers["x-amz-skip-destination-validation"] === "true") return;
    await validateDestinations(context, bucket, document, call.requestId);
  },
});
