import { objectArn } from "../names.ts";
import { checksumHeaders, encryptionHeaders } from "../object-headers.ts";
import { storePart, uploadId } from "../store-part.ts";
import { MAX_PUT_BYTES } from "../verified-body.ts";
import type { Operation } from "./context.ts";

export const uploadPart: Operation = async (context, request) => {
  const { bucket, key, query, call } = request;
  call.authorize("s3:PutObject", objectArn(bucket, key));
  const upload = context.store.upload(uploadId(query), bucket, key);
  const body = request.body(MAX_PUT_BYTES).requireLength();
  const part = await storePart(context, request, body);
  return { headers: { etag: `"${part.etag}"`, ...checksumHeaders(part), ...encryptionHeaders(upload) } };
};
