import type { TerraformParts } from "../../provider/resource.ts";
import type { S3 } from "./s3.ts";
import { bucketDataSource, bucketHandler } from "./terraform/bucket.ts";
import { configurationHandler } from "./terraform/configuration.ts";
import { cors } from "./terraform/cors.ts";
import { encryption } from "./terraform/encryption.ts";
import { lifecycle } from "./terraform/lifecycle.ts";
import { logging } from "./terraform/logging.ts";
import { notification } from "./terraform/notification.ts";
import { objectDataSource, objectHandler } from "./terraform/object.ts";
import { ownershipControls } from "./terraform/ownership-controls.ts";
import { policy } from "./terraform/policy.ts";
import { publicAccessBlock } from "./terraform/public-access-block.ts";
import { versioning } from "./terraform/versioning.ts";

/**
 * Buckets, their configurations and objects as Terraform resources. S3 keeps all of them itself, because its API changes them too; so
 * nothing is to be done when the stand-in starts again, and what the API changed is drift that the next plan shows.
 */
export function s3TerraformParts(s3: S3): TerraformParts {
  const configurations = [
    cors,
    encryption,
    lifecycle,
    logging,
    notification(s3),
    ownershipControls,
    policy,
    publicAccessBlock,
    versioning,
  ];
  return {
    resources: [
      bucketHandler(s3),
      objectHandler(s3),
      ...configurations.map((resource) => configurationHandler(s3, resource)),
    ],
    dataSources: [bucketDataSource(s3), objectDataSource(s3)],
  };
}
