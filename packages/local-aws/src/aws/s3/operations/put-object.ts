import { checkWriteConditions } from "../conditions.ts";
import { objectArn } from "../names.ts";
import { checksumHeaders, encryptionHeaders, objectProperties, versionHeaders } from "../object-headers.ts";
import { requesterOf } from "../request.ts";
import { MAX_PUT_BYTES } from "../verified-body.ts";
import type { Operation } from "./context.ts";

export const putObject: Operation = async ({ store, objects, blobs }, request) => {
  const { bucket, key, headers, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  if (headers["x-amz-tagging"] !== undefined) call.authorize("s3:PutObjectTagging", objectArn(bucket, key));
  const properties = objectProperties(request, store.bucket(bucket));
  checkWriteConditions(headers, key, objects.current(bucket, key));
  const body = request.body(MAX_PUT_BYTES).requireLength();
  const blob = await blobs.write(body);
  try {
    // Checked again without waiting before the commit, so that only one of two concurrent writers succeeds.
    checkWriteConditions(headers, key, objects.current(bucket, key));
    const { md5, checksum } = body.digests;
    const version = objects.create(
      { bucket, key, ...properties, etag: md5, size: blob.size, blobs: [blob], checksum },
      "ObjectCreated:Put",
      requesterOf(request),
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
