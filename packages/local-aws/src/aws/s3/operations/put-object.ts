import { checkWriteConditions } from "../conditions.ts";
import { objectArn } from "../names.ts";
import { checksumHeaders, describe, encryptionHeaders, versionHeaders } from "../object-headers.ts";
import type { Operation } from "../operation.ts";
import { causeOf } from "../request.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html: larger objects come in parts. */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

export const putObject: Operation = async ({ store, objects, blobs }, request) => {
  const { bucket, key, headers, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  if (headers["x-amz-tagging"] !== undefined) call.authorize("s3:PutObjectTagging", objectArn(bucket, key));
  const description = describe(request, store.bucket(bucket));
  checkWriteConditions(headers, key, objects.current(bucket, key));
  const body = request.body(MAX_PUT_BYTES).requireLength();
  const blob = await blobs.write(body);
  try {
    // once more, now that nothing can come between: of two writers at the same time one must lose
    checkWriteConditions(headers, key, objects.current(bucket, key));
    const { md5, checksum } = body.received;
    const version = objects.create(
      { bucket, key, ...description, etag: md5, size: blob.size, blobs: [blob], checksum },
      "ObjectCreated:Put",
      causeOf(request),
    );
    return {
      headers: {
        etag: `"${version.etag}"`,
        ...checksumHeaders(version),
        ...encryptionHeaders(version),
        ...versionHeaders(store.bucket(bucket), version.versionId),
      },
    };
  } catch (error) {
    await blobs.remove([blob]);
    throw error;
  }
};
