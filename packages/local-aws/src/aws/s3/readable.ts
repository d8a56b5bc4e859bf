import { AwsError } from "../../runtime/error.ts";
import { accessDenied } from "./errors.ts";
import type { ObjectVersion } from "./model.ts";
import { bucketArn } from "./names.ts";
import type { S3Parts } from "./operation.ts";
import type { S3Request } from "./request.ts";

/**
 * The version that an authorized read names. Whether a key exists is itself something to know: to a caller who may not list the bucket a
 * missing one is `AccessDenied`, as in S3.
 *
 * @throws AwsError as {@link Objects.find}, and with what the answer about a delete marker tells in its headers.
 */
export function findAuthorized(
  { store, objects }: Pick<S3Parts, "store" | "objects">,
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
