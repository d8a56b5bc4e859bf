import { AwsError } from "../../runtime/error.ts";
import { accessDenied } from "./errors.ts";
import { bucketArn } from "./names.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { S3Context } from "./operations/context.ts";
import type { S3Request } from "./request.ts";

/**
 * The version that an authorized read selects. As in S3, a caller without permission to list the bucket gets
 * `AccessDenied` for a missing key, so that the error does not reveal which keys exist.
 *
 * @throws AwsError like `Objects.find`, or `AccessDenied`.
 */
export function authorizedVersion(
  { store, objects }: Pick<S3Context, "store" | "objects">,
  { bucket, key, call }: S3Request,
  versionId: string | undefined,
): ObjectVersion {
  store.bucket(bucket);
  try {
    return objects.find(bucket, key, versionId);
  } catch (error) {
    if (error instanceof AwsError && error.status === 404 && !mayList(bucket, call)) throw accessDenied();
    throw error;
  }
}

function mayList(bucket: string, call: S3Request["call"]): boolean {
  try {
    call.authorize("s3:ListBucket", bucketArn(bucket));
    return true;
  } catch {
    return false;
  }
}
