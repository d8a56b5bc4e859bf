import type { TerraformParts } from "../../../provider/resource-handler.ts";
import type { S3Context } from "../operations/context.ts";
import { bucketDataSource, bucketResource } from "./bucket.ts";
import { bucketCorsConfigurationResource } from "./bucket-cors-configuration.ts";
import { bucketLifecycleConfigurationResource } from "./bucket-lifecycle-configuration.ts";
import { bucketLoggingResource } from "./bucket-logging.ts";
import { bucketNotificationResource } from "./bucket-notification.ts";
import { bucketOwnershipControlsResource } from "./bucket-ownership-controls.ts";
import { bucketPolicyResource } from "./bucket-policy.ts";
import { bucketPublicAccessBlockResource } from "./bucket-public-access-block.ts";
import { bucketServerSideEncryptionConfigurationResource } from "./bucket-server-side-encryption-configuration.ts";
import { bucketVersioningResource } from "./bucket-versioning.ts";
import { objectDataSource, objectResource } from "./object.ts";

/**
 * The handlers have no `start`: S3 stores buckets, configurations and objects itself, because its API changes them too.
 * A change by the API is drift, which the next plan shows.
 */
export function s3Terraform(context: S3Context): TerraformParts {
  return {
    resources: [
      bucketResource(context),
      bucketCorsConfigurationResource(context),
      bucketLifecycleConfigurationResource(context),
      bucketLoggingResource(context),
      bucketNotificationResource(context),
      bucketOwnershipControlsResource(context),
      bucketPolicyResource(context),
      bucketPublicAccessBlockResource(context),
      bucketServerSideEncryptionConfigurationResource(context),
      bucketVersioningResource(context),
      objectResource(context),
    ],
    dataSources: [bucketDataSource(context), objectDataSource(context)],
  };
}
