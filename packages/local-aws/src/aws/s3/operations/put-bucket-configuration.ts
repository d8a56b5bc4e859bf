import { CONFIGURATIONS } from "../configurations.ts";
import type { Operation } from "../context.ts";
import type { ConfigurationName } from "../model.ts";
import { bucketArn } from "../names.ts";
import { validateDestinations } from "../notification-destinations.ts";
import { bodyDocument, bodyText } from "../request.ts";

/** `PutBucketCors`, `PutBucketEncryption`, …: replaces the document of one configuration. */
export function putBucketConfiguration(name: ConfigurationName): Operation {
  const kind = CONFIGURATIONS[name];
  return async (context, request) => {
    const { bucket, call, headers } = request;
    call.authorize(kind.permissions.put, bucketArn(bucket));
    context.store.bucket(bucket);
    const document = name === "policy" ? { Policy: await bodyText(request) } : await bodyDocument(request, kind.root);
    kind.check?.(document);
    if (name === "notification" && headers["x-amz-skip-destination-validation"] !== "true") {
      await validateDestinations(context, bucket, document, call.requestId);
    }
    context.store.configure(bucket, name, document);
    return { status: name === "tagging" || name === "policy" ? 204 : 200 };
  };
}
